#pragma once
#include "forms/fhirpath/value.hpp"
#include "forms/values.hpp"

#include <optional>
#include <vector>

namespace intake::forms::fhirpath {

/// What an expression gave as an answer to a question: 3.0 answers an integer, a code the option
/// that has it. Nothing where it is no answer to a question of that type.
std::optional<answer_value> answer_of(item const&, value const&);

/// Every element that is an answer.
std::vector<answer_value> answers_of(item const&, collection const&);

}  // namespace intake::forms::fhirpath
