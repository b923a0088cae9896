#pragma once
#include "forms/link_path.hpp"
#include "forms/problem.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::forms {

/// Where a walk through a response is. Costs nothing until something is wrong: texts are made then.
struct place {
  place const* outer = nullptr;
  item_index item = no_item;
  /// Which occurrence of a group, or which answer of a question.
  std::uint32_t repetition = 0;
  /// Index in item[] of the document.
  std::uint32_t item_position = 0;
  /// Index in answer[]; `no_answer` where the item itself is meant.
  std::uint32_t answer_position = no_answer;

  static constexpr std::uint32_t no_answer = UINT32_MAX;
};

/// Collects problems with their places; at most `problems_max`, then one that says so.
class problem_log {
 public:
  static constexpr std::size_t problems_max = 500;

  explicit problem_log(questionnaire const& form) : form_{form} {}

  using arguments = std::vector<problem_argument>;
  /// A problem at a place; null is the envelope, whose expression is "QuestionnaireResponse" +
  /// suffix.
  void add(problem_code, place const*, arguments = {}, std::string_view expression_suffix = {});
  /// A problem with an item that is not there: reported at its parent, named by its own path.
  void add_missing(problem_code, place const* parent, item_index missing, arguments = {});
  void downgrade_last(problem_severity severity);

  bool full() const { return problems_.size() > problems_max; }
  std::vector<problem> take() && { return std::move(problems_); }

 private:
  problem& append(problem_code, arguments);
  questionnaire const& form_;
  std::vector<problem> problems_;
};

}  // namespace intake::forms
