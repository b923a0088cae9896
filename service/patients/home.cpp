#include "service/dispatch.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"
#include "service/responses.hpp"

namespace intake::service::patients {
namespace {

response show_start(application& app, call const& c, int status) {
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
  }
  for (auto const& plan : app.forms.packets) {
    if (plan.visit_kinds.empty()) continue;
    bool const is_first = model.count("KIND") == 0;
    model.add("KIND")
        .set("KIND_ID", is_first ? "kind" : "kind-" + plan.id)
        .set("VALUE", plan.visit_kinds.front())
        .set("LABEL", std::string(plan.title.in(tag(c.spoken))));
  }
  return show_page(app,
                   {.status = status, .title = say("home.title"), .spoken = c.spoken, .path = "/"},
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
  if (forms::plan_for(app.forms.packets, kind) == nullptr) return show_start(app, c, 422);
  if (auto const wait =
          app.limits.refuse(counted::address, c.asked.client_address, c.asked.received)) {
    auto slower = refuse(app, 429, "Too many packets are begun at once.", &c.asked);
    std::erase_if(slower.fields, [](auto const& each) { return each.name == "retry-after"; });
    slower.fields.push_back({"retry-after", std::to_string(wait->count())});
    return slower;
  }
  auto const begun = begin_visit(app, c.asked, {.kind = kind});
  auto made = see_other(in_language("/visit", c.spoken));
  made.fields.push_back({"set-cookie", begun.set_cookie});
  return made;
}

}  // namespace intake::service::patients
