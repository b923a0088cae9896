#include "service/pages/shell.hpp"
#include "service/patients/patients.hpp"

namespace intake::service::patients {

response home(application& app, call const& c) {
  page_model model;
  auto const title = app.words.say(c.spoken, "home.title");
  model.set("TITLE", title)
      .set("LEAD", app.words.say(c.spoken, "home.lead"))
      .set("INSURANCE", app.words.say(c.spoken, "insurance.title"))
      .set("INSURANCE_URL", "/insurance?lang=" + std::string(tag(c.spoken)))
      .set("FOR_STAFF", app.words.say(c.spoken, "home.for_staff"));
  for (auto const& form : app.forms.library.forms()) {
    if (form->header().status != forms::publication_status::active) continue;
    model.add("FORM")
        .set("URL", "/forms/" + form->header().id + "?lang=" + std::string(tag(c.spoken)))
        .set("NAME", std::string(form->header().title.in(tag(c.spoken))));
  }
  return show_page(app, {.title = title, .spoken = c.spoken, .path = "/"}, "home", model);
}

}  // namespace intake::service::patients
