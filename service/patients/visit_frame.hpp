#pragma once
#include "service/http/response.hpp"
#include "service/pages/page.hpp"
#include "service/patients/visit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// "/visit/peg/1?lang=es": every address of a visit says its language.
std::string in_language(std::string_view path, language);

/// The value of a field of the query; empty where it is not there.
std::string query_value(request const&, std::string_view name);

/// The language of a button on a page; nothing where it is not offered to patients.
std::optional<language> offered_language(application const&, std::string_view language_tag);

/// What is known before a form was begun: why the patient comes.
forms::answers preset_answers(visit const&, forms::questionnaire const&);

/// What the answers so far make us tell the patient at once ("call 911"), in each language, in the
/// order of `all_languages`; empty: nothing.
struct patient_warning {
  std::vector<std::string> texts;
};
std::vector<patient_warning> warnings_of(application const&, visit const&);
/// Shows them above all, on every page of the visit.
void add_warnings(page_model&, std::vector<patient_warning> const&, language);

/// 303 to the page for coming back: there is no visit, or its time is over.
response no_visit(language);

}  // namespace intake::service::patients
