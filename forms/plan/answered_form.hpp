#pragma once
#include "forms/answers.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One form of a packet with its answers so far. Both outlive it.
struct answered_form {
  questionnaire const* form = nullptr;
  forms::answers const* answers = nullptr;
};

/// A question that has one of these answers, anywhere in a packet.
struct answer_condition {
  std::string question;
  /// Codes of options; "true" and "false" for a boolean.
  std::vector<std::string> any_of;
};

/// Whether any answer to the question, in any of the forms, is one of the wanted.
bool holds(answer_condition const&, std::span<answered_form const>);

/// The code of the first answer to a question in any of the forms (see `first_code`); empty where
/// nobody asked or answered.
std::string code_in(std::span<answered_form const>, std::string_view link_id);

}  // namespace intake::forms
