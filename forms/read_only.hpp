#pragma once
#include "forms/answers.hpp"
#include "forms/problem.hpp"

#include <vector>

namespace intake::forms {

struct protected_answers {
  forms::answers answers;
  /// `read-only-changed` for each question that was sent otherwise, in form order.
  std::vector<problem> problems;
};

/// Puts back what nobody may change: a readOnly question has its answers of `known` (what the form
/// was shown with), else its initial values, else none; repetitions go with the one of the same
/// number. Calculated questions are left to `recompute`.
protected_answers with_read_only(questionnaire const&, answers sent, answers const& known);

}  // namespace intake::forms
