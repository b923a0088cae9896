#pragma once
#include "forms/answers.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace intake::forms {

struct answer_scope;

/// Where an expression of a form is evaluated: %questionnaire, %resource, and the context it is
/// written for.
struct expression_place {
  questionnaire const& form;
  answers const& all;
  answer_scope const& scope;
  /// Null for an expression of the form itself.
  item const* owner = nullptr;
  /// The occurrence that is the context; null where the item is not answered.
  answered_item const* occurrence = nullptr;
};

/// What evaluates the expressions that a form carries. Without a hook: enableWhenExpression
/// enables, constraints hold, calculated items stay as they are. `fhirpath::hooks_for` fills all.
struct expression_hooks {
  /// enableWhenExpression of the owner; nothing where it fails, which enables.
  std::function<std::optional<bool>(expression_place const&)> enabled;
  /// A constraint of the owner or the form; nothing where it fails: `constraint-unchecked`.
  std::function<std::optional<bool>(form_constraint const&, expression_place const&)> holds;
  /// calculatedExpression of the owner; nothing where it gives nothing.
  std::function<std::optional<answer_value>(expression_place const&)> calculate;
  /// initialExpression of the owner; none where it gives nothing.
  std::function<std::vector<answer_value>(expression_place const&)> initial;
  /// answerExpression of the owner: the answers there are to choose from. Nothing where it fails.
  std::function<std::optional<std::vector<answer_value>>(expression_place const&)> options;
  /// The owner's minValue or maxValue where an expression gives it; std::monostate where it fails.
  std::function<answer_value(form_expression const&, expression_place const&)> limit;
};

}  // namespace intake::forms
