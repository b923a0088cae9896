#include "db/submissions.hpp"
#include "service/copy.hpp"
#include "service/desk/desk.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

namespace intake::service::desk {
namespace {

db::audit_entry entry_for(call const& c, db::submission_head const& head) {
  db::audit_entry entry;
  entry.action = "pdf-downloaded";
  entry.who = db::actor_kind::staff;
  entry.actor = certs::to_string(c.staff->record.account);
  entry.subject = head.id;
  entry.version = head.version;
  entry.purpose = std::string(c.purpose);
  entry.request_id = c.asked.request_id;
  entry.address = c.asked.client_address;
  return entry;
}

/// A record that does not open, or a copy that is not whole: staff see why, and the trail holds
/// that they tried.
response cannot_show(application& app, call const& c, db::audit_entry entry,
                     std::string const& why) {
  entry.outcome = db::audit_outcome::failed;
  app.writer.append(std::move(entry));
  app.log.write(log_level::error, "record-not-shown", {{"request", log_name(c.asked.request_id)}});
  page_model model;
  model.set("TITLE", "This submission can't be shown");
  model.add("PARAGRAPH").set("TEXT", why);
  model.add("PARAGRAPH")
      .set("TEXT",
           "Nothing was changed. Tell your administrator, with this number: " + c.asked.request_id);
  return show_page(app, {.status = 500, .title = "Can't be shown", .staff = &*c.staff}, "message",
                   model);
}

std::string defects_sentence(std::vector<std::string> const& defects) {
  std::string text = "The copy would not be complete. Affected: ";
  for (std::size_t i = 0; i < defects.size(); ++i) text += (i > 0 ? ", " : "") + defects[i];
  return text + ".";
}

}  // namespace

response pdf_download(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id) : std::nullopt;
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto entry = entry_for(c, stored->head);
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto copy = render_copy({app.settings, app.forms, app.clock, app.keys, app.faces}, stored->head,
                          *reading.record, pdf::copy_profile::desk);
  if (!copy.defects.empty())
    return cannot_show(app, c, std::move(entry), defects_sentence(copy.defects));
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(copy.bytes));
  app.writer.append(std::move(entry));
  return pdf_response(std::move(copy.bytes), copy_file_name(stored->head), disposition::attachment);
}

}  // namespace intake::service::desk
