#include "db/invitations.hpp"
#include "service/audit.hpp"
#include "service/even_time.hpp"
#include "service/guards.hpp"
#include "service/invitations.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/birth_check.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::patients {
namespace {

response ask(application const& app, call const& c, typed_birth const& t, int status,
             std::string_view notice) {
  return ask_birth(app, c,
                   {.path = "/invited/" + std::string(c.path["code"]),
                    .title = "invited.title",
                    .lead = "invited.lead",
                    .code_label = "",
                    .code_hint = "",
                    .other_way = "invited.other_way",
                    .other_path = "/resume",
                    .greets = true},
                   t, status, notice);
}

/// What a good link and the right birth date lead to.
struct let_in {
  db::invitation link;
  invitation_content what;
};

std::optional<let_in> check(application& app, call const& c, typed_birth const& t) {
  auto link = find_invitation(app.portal, app.keys, c.path["code"]);
  bool const good = link && is_good(*link, c.asked.received);
  // Counted before it is looked at, so that two at once cannot share a try.
  bool const may_try = good && db::count_invitation_try(app.portal, link->id) <= birth_tries_max;
  auto what = may_try ? open_invitation_content(app.keks, *link) : std::nullopt;
  auto const born = birth_date_of(t);
  bool const right = what && !born.empty() && what->who.birth_date == born;
  auto entry = entry_of(c, "invitation-opened");
  if (link) entry.subject = link->id;
  entry.outcome = right ? db::audit_outcome::done : db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  if (!right) return std::nullopt;
  return let_in{std::move(*link), std::move(*what)};
}

response arrived_already(application const& app, call const& c) {
  page_model model;
  model.set("TITLE", app.words.say(c.spoken, "arrived.found_title"));
  model.add("PARAGRAPH").set("TEXT", app.words.say(c.spoken, "invited.received"));
  return show_page(app,
                   {.title = app.words.say(c.spoken, "arrived.found_title"), .spoken = c.spoken},
                   "message", model);
}

response go_to(std::string_view path, language spoken, std::string cookie) {
  auto made = see_other(in_language(path, spoken));
  made.fields.push_back({"set-cookie", std::move(cookie)});
  return made;
}

std::string_view first_page(visit const& v) {
  return v.correction ? "/visit/correction" : "/visit";
}

}  // namespace

response invited_page(application& app, call const& c) {
  return ask(app, c, {}, 200, "");
}

response invited(application& app, call const& c) {
  auto const t = read_typed_birth(c.asked.body);
  if (auto const other = in_other_language(app, c)) return ask(app, *other, t, 200, "");
  if (auto const wait =
          app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    return slowed(ask(app, c, t, 429, "form.too_often"), *wait);
  }
  even_time const as_long_as_any_other;
  auto const in = check(app, c, t);
  // The same words for an unknown link, one that is over, and a wrong birth date.
  if (!in) return ask(app, c, t, 422, "invited.wrong");
  auto const begun =
      in->link.draft ? visit_of_draft(app, *in->link.draft, c.asked.received) : std::nullopt;
  if (begun) {
    db::open_invitation(app.portal, in->link.id, begun->row.id, c.asked.received);
    // Whoever typed last, the patient does now; what was sent is shown as it is.
    auto cookie = take_over_visit(app, begun->row.id, {}, c.asked.received);
    if (!cookie) cookie = hand_over_visit(app, *begun, c.asked.received);
    return go_to(first_page(*begun), c.spoken, std::move(*cookie));
  }
  if (in->link.received) return arrived_already(app, c);
  visit_beginning start{.kind = in->what.who.visit_kind,
                        .appointment = in->link.appointment,
                        .invitation = in->link.id,
                        .who = in->what.who};
  if (in->link.purpose == db::invitation_purpose::correction && in->link.submission) {
    start.correction = visit_correction{*in->link.submission, in->what.form, in->what.link_id};
    start.who.reset();
  }
  auto const made = go_on_or_begin(app, c.asked, std::move(start));
  db::open_invitation(app.portal, in->link.id, made.content.row.id, c.asked.received);
  return go_to(first_page(made.content), c.spoken, made.set_cookie);
}

}  // namespace intake::service::patients
