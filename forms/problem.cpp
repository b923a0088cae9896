#include "forms/problem.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

std::string_view sentence_of(problem_row const& row, std::string_view language) {
  if (language.starts_with("es")) return row.spanish;
  if (language.starts_with("ht")) return row.haitian_creole;
  return row.english;
}

}  // namespace

std::string sentence(problem const& problem, std::string_view language) {
  std::string text{sentence_of(row_of(problem.code), language)};
  for (auto const& argument : problem.arguments) {
    auto const slot = "{" + std::string{argument.name} + "}";
    if (auto const at = text.find(slot); at != std::string::npos) {
      text.replace(at, slot.size(), argument.value);
    }
  }
  return text;
}

bool any_error(std::vector<problem> const& problems) {
  return std::ranges::any_of(
      problems, [](problem const& one) { return one.severity == problem_severity::error; });
}

void sort_in_form_order(std::vector<problem>& problems) {
  std::ranges::stable_sort(problems, {}, &problem::form_position);
}

}  // namespace intake::forms
