#pragma once
#include "forms/answers.hpp"
#include "forms/place.hpp"

#include <string_view>

namespace intake::forms {

/// Checks one answer's value against its item: options, lengths, regex, limits, units, attachment,
/// reference. `today` is what today() in a limit means. Adds to the log what is wrong.
void check_value(item const&, answer_value const&, place const&, std::string_view today,
                 problem_log&);

}  // namespace intake::forms
