#include "db/submissions.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/record.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

/// What `?copy=` asks for; without one, the role's usual copy. Nothing where it is no copy.
std::optional<pdf::copy_profile> asked_copy(call const& c) {
  auto const fields = read_form(c.asked.query);
  if (!fields) return std::nullopt;
  for (auto const& [name, value] : *fields) {
    if (name == "copy") return parse_copy_name(value);
  }
  return copies_for(c.staff->role).front();
}

db::audit_entry entry_for(call const& c, db::submission_head const& head,
                          pdf::copy_profile profile) {
  db::audit_entry entry;
  entry.action = "pdf-downloaded";
  entry.who = db::actor_kind::staff;
  entry.actor = certs::to_string(c.staff->record.account);
  entry.subject = head.id;
  entry.version = head.version;
  entry.purpose = fmt::format("{}: {}", c.purpose, copy_name(profile));
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

response not_yours(application& app, call const& c, db::audit_entry entry) {
  entry.action = "refused";
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return refuse(app, 403, "This copy is not for your role.", &c.asked);
}

std::string defects_sentence(std::vector<std::string> const& defects) {
  std::string text = "The copy would not be complete. Affected: ";
  for (std::size_t i = 0; i < defects.size(); ++i) text += (i > 0 ? ", " : "") + defects[i];
  return text + ".";
}

}  // namespace

response pdf_download(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id, asked_version(c)) : std::nullopt;
  if (!stored) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const profile = asked_copy(c);
  if (!profile)
    return refuse(app, 400, "copy= takes desk, clinical, patient or billing.", &c.asked);
  auto entry = entry_for(c, stored->head, *profile);
  if (std::ranges::count(copies_for(c.staff->role), *profile) == 0) {
    return not_yours(app, c, std::move(entry));
  }
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) return cannot_show(app, c, std::move(entry), reading.fault);
  auto copy = render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                          stored->head, *reading.record, *profile);
  if (!copy.defects.empty())
    return cannot_show(app, c, std::move(entry), defects_sentence(copy.defects));
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(copy.bytes));
  app.writer.append(std::move(entry));
  return pdf_response(std::move(copy.bytes), copy_file_name(stored->head, *profile),
                      disposition::attachment);
}

}  // namespace intake::service::desk
