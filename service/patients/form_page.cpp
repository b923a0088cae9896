#include "service/dispatch.hpp"
#include "service/form_token.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/form_show.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/task_plan.hpp"

namespace intake::service::patients {

component_kit kit_of(application const& app) {
  return {.words = app.words,
          .assets = app.assets,
          .pages = app.pages,
          // Payers are searched by the names that people give them: the rule tables know those.
          .other_names = [&app](forms::coding const& code) -> std::vector<std::string> {
            if (!code.system.ends_with("/payer")) return {};
            auto const rules = app.rules.current();
            auto const* const payer = rules->set.find_payer(code.code);
            return payer == nullptr ? std::vector<std::string>{} : payer->aliases;
          }};
}

forms::questionnaire const* form_of(application const& app, call const& c) {
  auto const* form =
      app.forms.library.find_presentable(c.path["id"], app.clock.fhir_date(c.asked.received));
  if (form == nullptr || form->header().status != forms::publication_status::active) return nullptr;
  return form;
}

response show_form(application const& app, form_view const& view, std::string_view token,
                   int status, std::string_view notice) {
  auto const title = std::string(view.form.header().title.in(tag(view.spoken)));
  auto const path = "/forms/" + view.form.header().id;
  page_model model;
  model.set("TITLE", title)
      .set("SEND", app.words.say(view.spoken, "form.send"))
      // Not the page's own address: what is kept of an address to go Back to is dropped by whatever
      // is sent there (RFC 9111, 4.4).
      .set("ACTION", path + "?lang=" + std::string(tag(view.spoken)) + "&send=1");
  mark_foreign(model, view.form.header().title, view.form, view.spoken, "TITLE_FOREIGN");
  model.add("SINGLE").set("TOKEN", std::string(token));
  model.add("CARRIED").set("NAME", "_form").set("VALUE", view.form.canonical());
  model.add("ANSWERS_NOTE").set("TEXT", app.words.say(view.spoken, "form.answers_note"));
  if (!notice.empty()) model.add("NOTICE").set("NOTICE_TEXT", std::string(notice));
  if (may_add_another(view.form, one_page_of(view.form))) {
    model.add("ANOTHER").set("TEXT", app.words.say(view.spoken, "form.another"));
  }
  add_form_items(model, view, kit_of(app));
  return show_page(app,
                   {.status = status, .title = title, .spoken = view.spoken, .form_id = "answers"},
                   "form", model);
}

response form_page(application& app, call const& c) {
  auto const* const form = form_of(app, c);
  if (form == nullptr) return refuse(app, 404, "There is no such form.", &c.asked);
  auto const token =
      mint_form_token(app.keys, app.world, std::chrono::hours(app.settings.forms_token_hours));
  forms::answers const nothing_yet;
  std::vector<forms::named_value> const nothing_typed;
  std::vector<forms::problem> const no_problems;
  auto made = show_form(app,
                        {.form = *form,
                         .answers = nothing_yet,
                         .typed = nothing_typed,
                         .problems = no_problems,
                         .spoken = c.spoken,
                         .title = std::string(form->header().title.in(tag(c.spoken))),
                         .today = app.clock.fhir_date(c.asked.received)},
                        token, 200);
  // The Back button leads to this very page with its token, and what is sent again is the same
  // submission. Nobody's answers are in it.
  made.fields.push_back({"cache-control", "private, no-cache"});
  return made;
}

}  // namespace intake::service::patients
