// Who signed an edition that is not in force any more.
#include "db/audit_entry.hpp"
#include "service/audit.hpp"
#include "service/consents.hpp"
#include "service/copy.hpp"
#include "service/pages/shell.hpp"
#include "service/reports/reports.hpp"

namespace intake::service::reports {
namespace {

constexpr int consents_of_max = 500;

}  // namespace

response consents_due_page(application& app, call const& c) {
  consent_search search(app.forms, app.clock.fhir_date(c.asked.received));
  auto entry = entry_of(c, "consents-due-shown");
  auto const page = db::list_newest(app.desk, {}, consents_of_max);
  std::size_t unread = 0;
  for (auto const& each : page) {
    auto const stored = db::open_submission(app.desk, each.head.id);
    auto const reading = stored
                             ? open_record(app.keks, app.forms, *stored, record_files::left_alone)
                             : record_reading{};
    if (!reading.record) {
      ++unread;
      continue;
    }
    entry.shown.push_back(each.head.id);
    search.add(stored->head, *reading.record);
  }
  page_model model;
  model.set("RECORDS", std::to_string(entry.shown.size()));
  if (page.size() == consents_of_max) model.add("MORE");
  if (unread > 0) model.add("UNREAD").set("COUNT", std::to_string(unread));
  for (auto const& each : search.due()) {
    if (model.count("TABLE") == 0) model.add("TABLE");
    model.last("TABLE")
        .add("ROW")
        .set("PATIENT", each.patient)
        .set("BORN", app.clock.written_date(each.birth_date))
        .set("CONSENT", each.consent)
        .set("SIGNED", each.signed_edition)
        .set("AT", app.clock.date_and_time(each.signed_at))
        .set("RECEIPT", spoken_receipt(each.receipt))
        .set("NOW", each.edition_in_force.empty() ? "none" : each.edition_in_force);
  }
  if (search.due().empty()) model.add("NOBODY");
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Who must sign again", .staff = &*c.staff}, "consents_due",
                   model);
}

}  // namespace intake::service::reports
