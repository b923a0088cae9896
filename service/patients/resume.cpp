#include "certs/receipt.hpp"
#include "service/audit.hpp"
#include "service/even_time.hpp"
#include "service/guards.hpp"
#include "service/known_items.hpp"
#include "service/patients/birth_check.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::patients {
namespace {

response show_resume(application const& app, call const& c, typed_birth const& t, int status,
                     std::string_view notice) {
  return ask_birth(app, c,
                   {.path = "/resume",
                    .title = "resume.title",
                    .lead = "resume.lead",
                    .code_label = "resume.code",
                    .code_hint = "resume.code_hint",
                    .other_way = "resume.start",
                    .other_path = "/"},
                   t, status, notice);
}

void audit(application& app, call const& c, std::optional<visit> const& v,
           db::audit_outcome outcome) {
  auto entry = entry_of(c, "draft-resumed");
  if (v) entry.subject = v->row.id;
  entry.outcome = outcome;
  app.writer.append(std::move(entry));
}

/// The visit, if code and birth date are right and there were not too many wrong ones.
std::optional<visit> let_in(application& app, call const& c, typed_birth const& t) {
  auto const code = certs::parse_receipt(t.code);
  auto found = code ? visit_of_code(app, certs::to_string(*code), c.asked.received) : std::nullopt;
  // Counted before it is looked at, so that two at once cannot share a try.
  bool const may_try = found && db::count_draft_try(app.portal, found->row.id) <= birth_tries_max;
  auto const born = birth_date_of(t);
  bool const right =
      may_try && !born.empty() && forms::code_in(found->packet(), known::birth_date) == born;
  audit(app, c, found, right ? db::audit_outcome::done : db::audit_outcome::refused);
  return right ? std::move(found) : std::nullopt;
}

}  // namespace

response resume_page(application& app, call const& c) {
  bool const ended = query_value(c.asked, "why") == "ended";
  return show_resume(app, c, {}, 200, ended ? "resume.ended" : "");
}

response resume(application& app, call const& c) {
  auto const t = read_typed_birth(c.asked.body);
  if (auto const other = in_other_language(app, c)) return show_resume(app, *other, t, 200, "");
  if (auto const wait =
          app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    return slowed(show_resume(app, c, t, 429, "form.too_often"), *wait);
  }
  even_time const as_long_as_any_other;
  auto const v = let_in(app, c, t);
  // The same words for a wrong code, a wrong date and a code that is locked: nothing to learn here.
  if (!v) return show_resume(app, c, t, 422, "resume.wrong");
  auto cookie = take_over_visit(app, v->row.id, {}, c.asked.received);
  if (!cookie) return show_resume(app, c, t, 422, "resume.wrong");
  auto made = see_other(in_language("/visit", c.spoken));
  made.fields.push_back({"set-cookie", std::move(*cookie)});
  return made;
}

}  // namespace intake::service::patients
