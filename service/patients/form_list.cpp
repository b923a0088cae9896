#include "service/pages/shell.hpp"
#include "service/patients/form_view.hpp"
#include "service/patients/patients.hpp"
#include "service/patients/visit_frame.hpp"

namespace intake::service::patients {

response form_list(application& app, call const& c) {
  page_model model;
  auto const title = app.words.say(c.spoken, "form_list.title");
  model.set("TITLE", title).set("LEAD", app.words.say(c.spoken, "form_list.lead"));
  for (auto const& form : app.forms.library.forms()) {
    if (form->header().status != forms::publication_status::active) continue;
    auto& listed = model.add("FORM");
    mark_foreign(listed, form->header().title, *form, c.spoken);
    listed.set("URL", in_language("/forms/" + form->header().id, c.spoken))
        .set("NAME", std::string(form->header().title.in(tag(c.spoken))));
  }
  return show_page(app, {.title = title, .spoken = c.spoken, .path = "/forms"}, "form_list", model);
}

}  // namespace intake::service::patients
