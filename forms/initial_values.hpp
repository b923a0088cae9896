#pragma once
#include "forms/answers.hpp"
#include "forms/expression_hooks.hpp"

namespace intake::forms {

/// Answers every unanswered question that has an initialExpression with what that gives, as
/// prefilled; a question that does not repeat gets the first value. Groups that do not repeat are
/// made for it.
answers with_initial_expressions(questionnaire const&, answers, expression_hooks const&);

}  // namespace intake::forms
