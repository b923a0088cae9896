#include "certs/receipt.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/csv_lines.hpp"
#include "service/billing/decision_rows.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/dispatch.hpp"
#include "service/log.hpp"

namespace intake::service::billing {
namespace {

std::string table_of(decision_rows const& found) {
  csv_lines csv;
  csv.add({"received", "receipt", "family", "given", "birth_date", "outcome", "rule", "reason"});
  for (auto const& each : found.rows) {
    auto const receipt = certs::parse_receipt(each.head.receipt);
    csv.add({to_rfc3339(each.head.first_received),
             receipt ? certs::spoken_form(*receipt) : each.head.receipt, each.patient.family,
             each.patient.given, each.patient.birth_date, each.patient.outcome, each.patient.rule,
             each.reason});
  }
  return csv.take();
}

}  // namespace

response decisions_export(application& app, call const& c) {
  auto const wanted = read_wanted(c.asked.query);
  if (!wanted) return refuse(app, 400, "There is no such list of decisions.", &c.asked);
  auto const found = decisions_of(app, *wanted);
  auto csv = table_of(found);
  auto entry = entry_of(c, "list-exported");
  for (auto const& each : found.rows) entry.shown.push_back(each.head.id);
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(csv));
  app.writer.append(std::move(entry));
  response made;
  made.fields = {{"content-type", "text/csv; charset=utf-8"},
                 {"content-disposition", "attachment; filename=\"intake-decisions.csv\""}};
  made.body = std::move(csv);
  return made;
}

}  // namespace intake::service::billing
