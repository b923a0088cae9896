#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/form_token.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

namespace intake::service::fhir {

response questionnaire_read(application& app, call const& c) {
  auto const* const form = app.forms.library.find_by_id(c.path["id"]);
  if (form == nullptr) return outcome_response(404, "There is no Questionnaire with that id.");
  auto made = fhir_response(200, app.forms.texts.at(form->canonical()));
  made.fields.push_back({"etag", "W/" + strong_etag(form->header().version)});
  made.fields.push_back(
      {"intake-form-token",
       mint_form_token(app.keys, app.world, std::chrono::hours(app.settings.forms_token_hours))});
  return made;
}

}  // namespace intake::service::fhir
