#pragma once
#include "forms/answers.hpp"
#include "forms/expression_hooks.hpp"
#include "forms/problem.hpp"

#include <string_view>
#include <vector>

namespace intake::forms {

/// The weight of a chosen option (ordinalValue or itemWeight) as the form wrote it; empty where it
/// has none.
std::string_view ordinal_of(item const&, answer_value const&);

struct recomputed_answers {
  forms::answers answers;
  /// `recomputed` for each value that was sent and is another now, in form order.
  std::vector<problem> problems;
};

/// Replaces the answers of all calculated items by what their expressions give, wherever their
/// group is there or can be made (groups that do not repeat). What a client sent for them does not
/// count. Values that depend on others settle in at most `calculation_rounds_max` rounds.
recomputed_answers recompute(questionnaire const&, answers, expression_hooks const&);

constexpr int calculation_rounds_max = 8;

}  // namespace intake::forms
