#pragma once
#include "forms/answers.hpp"
#include "forms/json_writer.hpp"
#include "forms/response.hpp"

#include <string>
#include <string_view>

namespace intake::forms {

/// The canonical QuestionnaireResponse: form order, numbers in the words of their source, no white
/// space, no texts of the form. This is what is hashed and sealed; reading it back with
/// `origin_claims::believed` and writing it again gives the same bytes. `form` must be the one the
/// answers were read with.
std::string write_canonical(questionnaire const& form, answers const&, response_envelope const&);

/// The value alone, as the member `prefix`[x]: "answer" gives `"answerCoding":{…}`. Nothing where
/// there is no value, or none that could be read.
void write_value(json_writer&, std::string_view prefix, answer_value const&);

}  // namespace intake::forms
