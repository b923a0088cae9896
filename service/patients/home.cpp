#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/greeting.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::patients {
namespace {

/// Why patients come, as buttons, and as forms on paper.
void add_kinds(page_model& model, application const& app, call const& c, std::string_view chosen) {
  page_model paper;
  for (auto const& plan : app.forms.packets) {
    if (plan.visit_kinds.empty()) continue;
    auto const& value = plan.visit_kinds.front();
    auto const label = std::string(plan.title.in(tag(c.spoken)));
    bool const is_first = model.count("KIND") == 0;
    auto& kind = model.add("KIND");
    if (value == chosen) kind.add("CHOSEN");
    kind.set("KIND_ID", is_first ? "kind" : "kind-" + plan.id)
        .set("VALUE", value)
        .set("LABEL", label);
    paper.add("PAPER_KIND")
        .set("URL", in_language("/paper/" + value, c.spoken))
        .set("LABEL", label);
  }
  paper.set("PAPER_TITLE", app.words.say(c.spoken, "home.paper"))
      .set("PAPER_LEAD", app.words.say(c.spoken, "home.paper_lead"));
  model.add("PAPER") = std::move(paper);
}

response show_start(application const& app, call const& c, int status,
                    std::string_view chosen = {}) {
  page_model model;
  auto const say = [&](std::string_view key) { return app.words.say(c.spoken, key); };
  model.set("TITLE", say("home.title"))
      .set("LEAD", say("home.lead"))
      .set("QUESTION", say("home.question"))
      .set("ACTION", in_language("/visit", c.spoken))
      .set("START", say("home.start"))
      .set("RESUME", say("home.resume"))
      .set("RESUME_URL", in_language("/resume", c.spoken))
      .set("ARRIVED", say("arrived.title"))
      .set("ARRIVED_URL", in_language("/arrived", c.spoken))
      .set("SINGLE", say("home.single"))
      .set("SINGLE_URL", in_language("/forms", c.spoken))
      .set("INSURANCE", say("insurance.title"))
      .set("INSURANCE_URL", in_language("/insurance", c.spoken))
      .set("FOR_STAFF", say("home.for_staff"));
  if (status == 422) {
    model.add("WRONG")
        .set("WRONG_TITLE", say("form.problems"))
        .set("WRONG_TEXT", say("home.choose"))
        .set("ERROR_WORD", say("form.error"));
    model.set("GROUP_CLASS", "govuk-form-group--error");
  } else if (status == 429) {
    model.add("NOTICE").set("NOTICE_TEXT", say("form.too_often"));
  }
  add_greeting(model, app, c.spoken);
  add_kinds(model, app, c, chosen);
  return show_page(
      app, {.status = status, .title = say("home.title"), .spoken = c.spoken, .form_id = "answers"},
      "home", model);
}

}  // namespace

response home(application& app, call const& c) {
  if (app.forms.packets.empty()) return see_other(in_language("/forms", c.spoken));
  return show_start(app, c, 200);
}

response visit_start(application& app, call const& c) {
  std::string kind;
  for (auto const& field : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    if (field.name == "kind") kind = field.value;
  }
  if (auto const other = in_other_language(app, c)) return show_start(app, *other, 200, kind);
  if (forms::plan_for(app.forms.packets, kind) == nullptr) return show_start(app, c, 422);
  if (auto const wait =
          app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    return slowed(show_start(app, c, 429, kind), *wait);
  }
  auto const begun = begin_visit(app, c.asked, {.kind = kind});
  auto made = see_other(in_language("/visit", c.spoken));
  made.fields.push_back({"set-cookie", begun.set_cookie});
  return made;
}

}  // namespace intake::service::patients
