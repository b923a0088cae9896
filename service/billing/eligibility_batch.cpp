#include "db/eligibility_files.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/audit.hpp"
#include "service/billing/billing.hpp"
#include "service/billing/rule_pages.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/eligibility/folders.hpp"
#include "service/eligibility/questions.hpp"
#include "service/log.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

/// A folder that can't be written to loses nothing: the batch is stored and can be downloaded.
std::string deliver(application& app, eligibility::made_batch const& made) {
  auto const& folder = app.settings.eligibility_outbox_folder;
  if (folder.empty()) return "No folder is configured: download the file and bring it there.";
  if (eligibility::put_into_folder(app, made).empty()) {
    return "It lies in the folder that your clearinghouse's program fetches from.";
  }
  return "The folder can't be written to now. It is tried again by itself; download the file if it "
         "is "
         "urgent, and tell your administrator.";
}

response show_made(application& app, call const& c, eligibility::made_batch const& made) {
  page_model model;
  if (made.id) {
    model.add("MADE")
        .set("COUNT", std::to_string(made.asked))
        .set("FILE", made.file_name)
        .set("WHERE", deliver(app, made))
        .set("URL", "/desk/eligibility/batches/" + certs::to_string(*made.id));
  } else {
    model.add("NONE");
  }
  for (auto const& each : made.left_out) {
    if (model.count("LEFT") == 0) model.add("LEFT");
    model.last("LEFT")
        .add("ROW")
        .set("PATIENT", each.patient)
        .set("PAYER", each.payer)
        .set("WHY", each.why)
        .set("URL", fmt::format("/desk/coverages/{}/{}", certs::to_string(each.submission),
                                each.coverage));
  }
  return show_page(app, {.title = "The day's questions", .staff = &*c.staff}, "eligibility_batch",
                   model);
}

}  // namespace

response eligibility_batch(application& app, call const& c) {
  auto const day = forms::insurance::read_iso_date(desk::field_of_body(c, "day"));
  if (!day)
    return refuse(app, 422, "Choose the day whose coverages are to be asked about.", &c.asked);
  if (auto const missing = eligibility::cannot_ask(app.settings); !missing.empty()) {
    return rules_message(app, c, 409, "Nothing can be asked yet", missing);
  }
  auto const work = eligibility::work_of_day(app, *day, c.asked.received);
  auto entry = entry_of(c, "eligibility-asked");
  for (auto const& each : work.rows) entry.shown.push_back(each.submission);
  app.writer.append(std::move(entry));
  return show_made(
      app, c, eligibility::make_batch(app, work.rows, c.staff->record.account, c.asked.received));
}

response eligibility_batch_file(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? db::find_batch(app.desk, *id) : std::nullopt;
  auto text = row ? eligibility::open_batch(app.keks, *row) : std::nullopt;
  if (!text) return refuse(app, 404, "There is no such file.", &c.asked);
  auto entry = entry_of(c, "eligibility-batch-read");
  entry.subject = row->id;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(*text));
  app.writer.append(std::move(entry));
  return file_response(std::move(*text), "application/edi-x12",
                       eligibility::batch_file_name(row->interchange));
}

}  // namespace intake::service::billing
