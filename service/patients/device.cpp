#include "service/audit.hpp"
#include "service/even_time.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/invitations.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/greeting.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::patients {
namespace {

response show_start(application const& app, call const& c, int status,
                    std::string const& typed = {}) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("device.title"))
      .set("LEAD", say("device.lead"))
      .set("CODE_LABEL", say("device.code"))
      .set("CODE", typed)
      .set("START", say("home.start"))
      .set("ACTION", in_language("/device", c.spoken));
  add_greeting(model, app, c.spoken);
  if (status == 422) {
    model.add("WRONG")
        .set("WRONG_TITLE", say("form.problems"))
        .set("WRONG_TEXT", say("device.wrong"));
  } else if (status == 429) {
    model.add("NOTICE").set("NOTICE_TEXT", say("form.too_often"));
  }
  return show_page(
      app,
      {.status = status, .title = say("device.title"), .spoken = c.spoken, .form_id = "answers"},
      "device", model);
}

/// The patient's own language, where the clinic knows it and pages are in it.
language language_for(application const& app, std::string_view wanted, language asked) {
  return offered_language(app, wanted).value_or(asked);
}

void audit(application& app, call const& c, std::optional<db::invitation> const& code, bool right) {
  auto entry = entry_of(c, "device-opened");
  if (code) entry.subject = code->id;
  entry.outcome = right ? db::audit_outcome::done : db::audit_outcome::refused;
  app.writer.append(std::move(entry));
}

}  // namespace

response device_page(application& app, call const& c) {
  return show_start(app, c, 200);
}

response device_start(application& app, call const& c) {
  std::string typed;
  for (auto& [name, value] : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (name == "code") typed = std::move(value);
  }
  if (auto const other = in_other_language(app, c)) return show_start(app, *other, 200, typed);
  if (auto const wait =
          app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    return slowed(show_start(app, c, 429, typed), *wait);
  }
  even_time const as_long_as_any_other;
  auto const code = find_device_code(app.portal, app.keys, typed);
  bool const good = code && is_good(*code, c.asked.received) &&
                    // Only the first browser that brings the code begins by it.
                    db::count_invitation_try(app.portal, code->id) == 1;
  auto const what = good ? open_invitation_content(app.keks, *code) : std::nullopt;
  audit(app, c, code, what.has_value());
  if (!what) return show_start(app, c, 422, typed);
  visit_beginning start{.kind = what->who.visit_kind,
                        .appointment = code->appointment,
                        .entry = {.by = "device"},
                        .who = what->who};
  bool const one_page = code->submission && !what->form.empty();
  if (one_page) {
    start.correction = visit_correction{*code->submission, what->form, what->link_id};
    start.who.reset();
  }
  auto const made = go_on_or_begin(app, c.asked, std::move(start));
  auto answer = see_other(in_language(one_page ? "/visit/correction" : "/visit",
                                      language_for(app, what->who.language, c.spoken)));
  answer.fields.push_back({"set-cookie", made.set_cookie});
  return answer;
}

response still_there(application& app, call const& c) {
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  page_model model;
  model.set("TITLE", say("device.still_there"));
  model.add("PARAGRAPH").set("TEXT", say("device.still_there_text"));
  model.add("LINK").set("URL", in_language("/visit", c.spoken)).set("TEXT", say("visit.continue"));
  auto made =
      show_page(app, {.title = say("device.still_there"), .spoken = c.spoken}, "message", model);
  made.fields.push_back({"refresh", "60; url=" + in_language("/device/end", c.spoken)});
  return made;
}

response device_end(application& app, call const& c) {
  auto made = see_other(in_language("/device", c.spoken));
  auto const v = current_visit(app, c.asked);
  if (v && v->entry.by != "device") return made;
  if (v) end_on_device(app, *v);
  wipe_device(made);
  return made;
}

}  // namespace intake::service::patients
