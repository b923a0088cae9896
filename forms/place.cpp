#include "forms/place.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms {
namespace {

std::string expression_of(place const* at) {
  if (at == nullptr) return "QuestionnaireResponse";
  auto text = fmt::format("{}.item[{}]", expression_of(at->outer), at->item_position);
  if (at->answer_position != place::no_answer)
    text += fmt::format(".answer[{}]", at->answer_position);
  return text;
}

link_path path_of(place const* at) {
  link_path path;
  for (; at != nullptr; at = at->outer) {
    if (at->item != no_item) path.push_back({at->item, at->repetition});
  }
  std::ranges::reverse(path);
  return path;
}

std::vector<std::uint32_t> position_of(link_path const& path) {
  std::vector<std::uint32_t> position;
  for (auto const& step : path) {
    position.push_back(step.item);
    position.push_back(step.repetition);
  }
  return position;
}

}  // namespace

problem& problem_log::append(problem_code code, arguments given) {
  if (problems_.size() == problems_max) {
    code = problem_code::too_many_problems;
    given = {{"count", std::to_string(problems_max)}};
  }
  problem one;
  one.code = code;
  one.severity = row_of(code).severity;
  one.arguments = std::move(given);
  problems_.push_back(std::move(one));
  return problems_.back();
}

void problem_log::add(problem_code code, place const* at, arguments given,
                      std::string_view expression_suffix) {
  if (full()) return;
  auto& one = append(code, std::move(given));
  auto const path = path_of(at);
  one.expression = expression_of(at) + std::string{expression_suffix};
  one.link_path = write_link_path(form_, path);
  one.form_position = position_of(path);
}

void problem_log::add_missing(problem_code code, place const* parent, item_index missing,
                              arguments given) {
  if (full()) return;
  auto& one = append(code, std::move(given));
  auto path = path_of(parent);
  path.push_back({missing, 0});
  one.expression = expression_of(parent);
  one.link_path = write_link_path(form_, path);
  one.form_position = position_of(path);
}

void problem_log::downgrade_last(problem_severity severity) {
  if (!problems_.empty()) problems_.back().severity = severity;
}

}  // namespace intake::forms
