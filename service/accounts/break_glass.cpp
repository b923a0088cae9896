#include "db/broken_glass.hpp"
#include "db/submissions.hpp"
#include "service/accounts/accounts.hpp"
#include "service/audit.hpp"
#include "service/copy.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

namespace intake::service::accounts {
namespace {

constexpr std::chrono::hours glass_stays_broken{1};
constexpr int listed_max = 200;

std::string record_path(certs::uuid id) {
  return "/desk/submissions/" + certs::to_string(id);
}

std::optional<db::submission_head> head_of(application const& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const stored = id ? db::open_submission(app.desk, *id) : std::nullopt;
  if (!stored) return std::nullopt;
  return stored->head;
}

response show_form(application const& app, call const& c, db::submission_head const& head,
                   int status, std::string_view wrong) {
  page_model model;
  model.set("CSRF", csrf_token(c.staff->record))
      .set("ACTION", record_path(head.id) + "/emergency")
      .set("BACK_URL", record_path(head.id))
      .set("RECEIPT", spoken_receipt(head.receipt));
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  return show_page(app, {.status = status, .title = "Emergency access", .staff = &*c.staff},
                   "break_glass", model);
}

}  // namespace

response break_glass_page(application& app, call const& c) {
  auto const head = head_of(app, c);
  if (!head) return refuse(app, 404, "There is no such submission.", &c.asked);
  return show_form(app, c, *head, 200, "");
}

response break_glass(application& app, call const& c) {
  auto const head = head_of(app, c);
  if (!head) return refuse(app, 404, "There is no such submission.", &c.asked);
  auto const reason = desk::field_of_body(c, "reason");
  if (!desk::is_reason(reason)) {
    return show_form(app, c, *head, 422,
                     "Say why you need it, in a sentence of at most 500 bytes.");
  }
  db::broken_glass broken;
  broken.id = certs::new_uuid_v7(app.world);
  broken.account = c.staff->record.account;
  broken.submission = head->id;
  broken.reason = reason;
  broken.opened = c.asked.received;
  broken.ends = c.asked.received + glass_stays_broken;
  auto entry = entry_of(c, "glass-broken");
  entry.subject = head->id;
  entry.version = head->version;
  entry.purpose = "emergency: " + reason;
  app.writer.append(std::move(entry));
  db::break_glass(app.desk, broken);
  return see_other(record_path(head->id));
}

response broken_glass_list(application& app, call const& c) {
  page_model model;
  auto entry = entry_of(c, "list-shown");
  for (auto const& each : db::list_broken_glass(app.desk, listed_max)) {
    if (model.count("TABLE") == 0) model.add("TABLE");
    auto& row = model.last("TABLE").add("ROW");
    row.set("WHO", each.account_name)
        .set("WHEN", app.clock.date_and_time(each.opened))
        .set("REASON", each.reason)
        .set("URL", record_path(each.submission));
    // Who keeps accounts reads no records.
    if (c.staff->role != db::account_role::administrator) row.add("LINK");
    if (each.seen) {
      row.add("SEEN").set("BY", each.seen_by);
    } else if (each.account == c.staff->record.account) {
      row.add("OWN");
    } else {
      row.add("UNSEEN")
          .set("ACTION", "/desk/emergencies/" + certs::to_string(each.id) + "/seen")
          .set("CSRF", csrf_token(c.staff->record))
          .set("WHO", each.account_name);
    }
    entry.shown.push_back(each.submission);
  }
  if (model.count("TABLE") == 0) model.add("EMPTY");
  app.writer.append(std::move(entry));
  return show_page(app, {.title = "Emergency access", .staff = &*c.staff}, "broken_glass", model);
}

response broken_glass_seen(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  if (!id) return refuse(app, 404, "There is no such access.", &c.asked);
  auto entry = entry_of(c, "broken-glass-seen");
  entry.subject = *id;
  bool const done = db::see_broken_glass(app.desk, *id, c.staff->record.account, c.asked.received);
  if (!done) entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  if (!done) {
    return refuse(app, 404, "There is no such access, or somebody has seen it.", &c.asked);
  }
  return see_other("/desk/emergencies");
}

}  // namespace intake::service::accounts
