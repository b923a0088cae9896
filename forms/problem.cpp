#include "forms/problem.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

std::string_view sentence_of(problem_row const& row, std::string_view language) {
  if (language.starts_with("es")) return row.spanish;
  if (language.starts_with("ht")) return row.haitian_creole;
  return row.english;
}

/// An argument "human" may have translations beside it: "human:es", "human:ht".
std::string const& translated(std::vector<problem_argument> const& arguments,
                              problem_argument const& plain, std::string_view language) {
  auto const found = std::ranges::find_if(arguments, [&](problem_argument const& one) {
    return one.name.size() == plain.name.size() + 1 + language.size() &&
           one.name.starts_with(plain.name) && one.name.ends_with(language) &&
           one.name[plain.name.size()] == ':';
  });
  return found == arguments.end() ? plain.value : found->value;
}

}  // namespace

std::string sentence(problem const& problem, std::string_view language) {
  auto const& row = row_of(problem.code);
  std::string text{sentence_of(row, language)};
  auto const primary = language.substr(0, 2);
  for (auto const& argument : problem.arguments) {
    auto const slot = "{" + std::string{argument.name} + "}";
    if (auto const at = text.find(slot); at != std::string::npos) {
      text.replace(at, slot.size(), translated(problem.arguments, argument, primary));
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
