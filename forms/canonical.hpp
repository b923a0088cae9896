#pragma once
#include "forms/answers.hpp"
#include "forms/response.hpp"

#include <string>

namespace intake::forms {

/// The canonical QuestionnaireResponse: form order, numbers in the words of their source, no white
/// space, no texts of the form. This is what is hashed and sealed; reading it back with
/// `origin_claims::believed` and writing it again gives the same bytes. `form` must be the one the
/// answers were read with.
std::string write_canonical(questionnaire const& form, answers const&, response_envelope const&);

}  // namespace intake::forms
