#include "service/desk/record_refusals.hpp"

#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"

#include <fmt/format.h>

namespace intake::service::desk {

db::audit_entry record_act(call const& c, db::submission_head const& head, std::string_view action,
                           std::string_view detail) {
  auto entry = entry_of(c, std::string(action));
  entry.subject = head.id;
  entry.version = head.version;
  entry.purpose = fmt::format("{}: {}", c.purpose, detail);
  return entry;
}

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

response not_yours(application& app, call const& c, db::audit_entry entry,
                   std::string_view sentence) {
  entry.action = "refused";
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return refuse(app, 403, sentence, &c.asked);
}

}  // namespace intake::service::desk
