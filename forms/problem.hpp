#pragma once
#include "forms/problem_codes.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

class questionnaire;

/// A named argument of a sentence: a limit, a count, a text of the form ("human", and "human:es"
/// beside it); never an answer's text.
struct problem_argument {
  std::string_view name;
  std::string value;
  bool operator==(problem_argument const&) const = default;
};

/// Something a person or a client got wrong.
struct problem {
  problem_code code = problem_code::not_a_response;
  problem_severity severity = problem_severity::error;
  /// The item by the path of repetitions ("visits[1]/date"), as `link_path.hpp` writes it; empty
  /// for the envelope. It is also the name of the item's field on a page.
  std::string link_path;
  /// FHIRPath of the place in the response: "QuestionnaireResponse.item[0].answer[1]".
  std::string expression;
  std::vector<problem_argument> arguments;
  /// Sort key for form order: (item, occurrence) from the top.
  std::vector<std::uint32_t> form_position;

  bool operator==(problem const&) const = default;
};

/// The sentence in "en", "es" or "ht"; every other language gets English.
std::string sentence(problem const&, std::string_view language = "en");

/// At least one is an error.
bool any_error(std::vector<problem> const&);

/// Form order: the envelope first, then item by item, occurrence by occurrence; stable.
void sort_in_form_order(std::vector<problem>&);

}  // namespace intake::forms
