#include "certs/receipt.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/csv_lines.hpp"
#include "service/billing/work_place.hpp"
#include "service/dispatch.hpp"
#include "service/log.hpp"

#include <algorithm>

namespace intake::service::billing {
namespace {

void append_row(csv_lines& csv, eligibility::work_row const& row) {
  auto const receipt = certs::parse_receipt(row.receipt);
  auto const& told = row.told;
  auto const checked = row.latest ? to_rfc3339(row.latest->head.as_of) : std::string();
  auto const ends = row.latest && row.latest->summary ? row.latest->summary->ends : std::string();
  bool const simulated = row.latest && row.latest->summary && row.latest->summary->simulated;
  auto const how = row.latest ? db::to_string(row.latest->head.how) : std::string_view();
  auto const known = row.known ? name_of(row.known->summary->status) : std::string_view();
  auto const known_at = row.known ? to_rfc3339(row.known->head.as_of) : std::string();
  csv.add({row.visit ? to_rfc3339(row.visit->starts_at) : std::string(),
           forms::insurance::write_date(row.day),
           receipt ? certs::spoken_form(*receipt) : row.receipt, told.patient.family,
           told.patient.given, told.patient.birth_date, std::to_string(told.number), told.payer,
           told.payer_number, told.member_id, name_of(row.stands()), checked, ends,
           why_not_sent(told), how, simulated ? "simulated: no payer said it" : "", row.changed(),
           known, known_at});
}

}  // namespace

response eligibility_export(application& app, call const& c) {
  auto const place = read_work_place(app, c);
  if (!place) return refuse(app, 400, "There is no such day or filter.", &c.asked);
  auto const work = eligibility::work_of_day(app, place->day, c.asked.received);
  csv_lines csv;
  csv.add({"visit", "date_of_service", "receipt", "family", "given", "birth_date", "coverage",
           "payer", "payer_id", "member_id", "eligibility", "checked", "plan_ends", "not_sent",
           "how", "simulated", "changed", "known_before", "known_checked"});
  auto entry = entry_of(c, "list-exported");
  for (auto const& each : work.rows) {
    if (!eligibility::passes(each, place->show)) continue;
    append_row(csv, each);
    if (std::ranges::count(entry.shown, each.submission) == 0)
      entry.shown.push_back(each.submission);
  }
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(csv.text()));
  app.writer.append(std::move(entry));
  response made;
  made.fields = {{"content-type", "text/csv; charset=utf-8"},
                 {"content-disposition", "attachment; filename=\"intake-eligibility.csv\""}};
  made.body = csv.take();
  return made;
}

}  // namespace intake::service::billing
