#include "forms/plan/answered_form.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

std::string code_of(answer_value const& value) {
  if (auto const* coded = std::get_if<coding>(&value)) return coded->code;
  return plain_text(value);
}

}  // namespace

bool holds(answer_condition const& condition, std::span<answered_form const> packet) {
  return std::ranges::any_of(packet, [&](answered_form const& each) {
    auto const given = answers_to(*each.form, *each.answers, condition.question);
    return std::ranges::any_of(given, [&](answer const* one) {
      return std::ranges::find(condition.any_of, code_of(one->value)) != condition.any_of.end();
    });
  });
}

std::string code_in(std::span<answered_form const> packet, std::string_view link_id) {
  for (auto const& each : packet) {
    if (auto code = first_code(*each.form, *each.answers, link_id); !code.empty()) return code;
  }
  return {};
}

}  // namespace intake::forms
