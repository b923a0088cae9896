#pragma once
#include "forms/answers.hpp"
#include "forms/place.hpp"

#include <vector>

namespace intake::forms {

/// What the limits and options of a question are where its form leaves them to expressions.
struct value_bounds {
  answer_value const* low = nullptr;
  answer_value const* high = nullptr;
  /// Null where no expression gives them.
  std::vector<answer_value> const* choices = nullptr;
};

/// Checks one answer's value against its item: options, lengths, regex, limits, units, attachment,
/// reference. Adds to the log what is wrong.
void check_value(item const&, answer_value const&, place const&, value_bounds const&, problem_log&);

}  // namespace intake::forms
