#include "db/drafts.hpp"
#include "service/audit.hpp"
#include "service/desk/day_list.hpp"
#include "service/desk/desk.hpp"
#include "service/desk/staff_act.hpp"
#include "service/desk/staff_entry.hpp"
#include "service/dispatch.hpp"
#include "service/patients/visit.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::desk {
namespace {

constexpr std::size_t interpreter_bytes_max = 200;

/// As it was typed, cut between characters.
std::string interpreter_of(call const& c) {
  auto text = field_of_body(c, "interpreter");
  if (text.size() <= interpreter_bytes_max) return text;
  auto end = interpreter_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

record_entry entry_of(call const& c) {
  return {.by = "staff",
          .account = certs::to_string(c.staff->record.account),
          .name = c.staff->account_name,
          .interpreter = interpreter_of(c)};
}

response to_visit(application const& app, std::string_view language_tag, std::string cookie) {
  auto const spoken = patients::offered_language(app, language_tag).value_or(language::en);
  auto made = see_other(patients::in_language("/visit", spoken));
  made.fields.push_back({"set-cookie", std::move(cookie)});
  return made;
}

void audit(application& app, call const& c, certs::uuid const& draft, std::string action,
           std::vector<certs::uuid> shown = {}) {
  auto entry = entry_of(c, std::move(action));
  entry.subject = draft;
  entry.shown = std::move(shown);
  app.writer.append(std::move(entry));
}

}  // namespace

response fill_in(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? db::find_appointment(app.desk, *id, c.asked.received) : std::nullopt;
  if (!row) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto const one = opened(app, *row);
  if (!one.who) return refuse(app, 404, "There is no such appointment.", &c.asked);
  auto made = patients::go_on_or_begin(
      app, c.asked,
      {.kind = one.who->visit_kind, .appointment = *id, .entry = entry_of(c), .who = *one.who});
  audit(app, c, made.content.row.id, "staff-entry-begun");
  return to_visit(app, one.who->language, std::move(made.set_cookie));
}

response begin_staff_entry(application& app, call const& c, patients::visit_beginning start,
                           std::string_view language_tag) {
  start.entry = entry_of(c);
  bool const one_page = start.correction.has_value();
  // The page shows what the record says now.
  std::vector<certs::uuid> shown;
  if (one_page) shown.push_back(start.correction->submission);
  auto const spoken = patients::offered_language(app, language_tag).value_or(language::en);
  auto begun = patients::begin_visit(app, c.asked, std::move(start));
  audit(app, c, begun.content.row.id, "staff-entry-begun", std::move(shown));
  auto made = see_other(patients::in_language(one_page ? "/visit/correction" : "/visit", spoken));
  made.fields.push_back({"set-cookie", std::move(begun.set_cookie)});
  return made;
}

response help_take(application& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const row = id ? db::find_draft_by_id(app.portal, *id, c.asked.received) : std::nullopt;
  // Only what its patient has handed over is staff's to open.
  if (!row || !row->help_asked) {
    return refuse(app, 404, "Nobody asks for help there any more.", &c.asked);
  }
  auto const v = patients::visit_of_draft(app, *id, c.asked.received);
  if (!v || !v->receipt.empty()) {
    return refuse(app, 404, "Nobody asks for help there any more.", &c.asked);
  }
  // In the trail first: taking over ends the patient's own session.
  audit(app, c, *id, "draft-taken-over");
  auto cookie = patients::take_over_visit(app, *id, entry_of(c), c.asked.received);
  if (!cookie) return refuse(app, 404, "Nobody asks for help there any more.", &c.asked);
  return to_visit(app, v->help_language, std::move(*cookie));
}

bool can_be_asked_again(forms::questionnaire const& form, forms::item const& item) {
  if (!forms::is_question(item) || item.read_only || item.hidden) return false;
  for (auto const* at = form.parent_of(item); at != nullptr; at = form.parent_of(*at)) {
    if (at->type != forms::item_type::group) return false;
  }
  return true;
}

bool can_be_asked_alone(forms::questionnaire const& form, forms::item const& item) {
  if (!can_be_asked_again(form, item)) return false;
  for (auto const* at = form.parent_of(item); at != nullptr; at = form.parent_of(*at)) {
    if (at->repeats) return false;
  }
  return true;
}

}  // namespace intake::service::desk
