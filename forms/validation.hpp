#pragma once
#include "forms/answers.hpp"
#include "forms/expression_hooks.hpp"
#include "forms/problem.hpp"
#include "forms/response.hpp"

#include <string>
#include <vector>

namespace intake::forms {

/// Items that stand in another order than in the form: an error (as published validators say), or a
/// warning where the receiver puts them in order.
enum class item_order { strict, lenient };

/// Whether an attachment may be held beside the answers. In what a client sends it may not: nobody
/// has its bytes then.
enum class held_attachments { refused, taken };

/// What validation must know beside form and answers.
struct validation_context {
  /// The clinic's calendar date, YYYY-MM-DD: today() in minValue and maxValue.
  std::string today;
  response_status status = response_status::completed;
  item_order order = item_order::strict;
  held_attachments held = held_attachments::refused;
  /// Evaluates the form's expressions; null: none is evaluated.
  expression_hooks const* expressions = nullptr;
};

/// Checks answers against their form and returns every problem, in form order. `required` is asked
/// only of enabled items of a completed or amended response.
std::vector<problem> validate(questionnaire const&, answers const&, validation_context const&);

/// Checks an envelope against the form it is about: canonical, status, effective period.
std::vector<problem> validate_envelope(questionnaire const&, response_envelope const&);

/// All of it for a response that was just read: its own problems, the envelope's, the answers', in
/// order.
std::vector<problem> validate(questionnaire const&, response const&, validation_context);

}  // namespace intake::forms
