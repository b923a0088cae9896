#include "forms/plan/carry_over.hpp"

#include "forms/compare.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

/// Asked of the patient once: typed by a person, and in no repetition.
bool is_asked_once(questionnaire const& form, item const& one) {
  bool const typed = is_question(one) && !one.hidden && !one.read_only &&
                     one.calculated_expression.text.empty() && one.type != item_type::attachment;
  if (!typed) return false;
  for (auto const* outer = form.parent_of(one); outer != nullptr; outer = form.parent_of(*outer)) {
    if (outer->type != item_type::group || outer->repeats) return false;
  }
  return true;
}

bool may_be_given(item const& one, answer_value const& value) {
  if (!has_options(one) || options_of(one).empty()) return true;
  return std::ranges::any_of(options_of(one), [&](answer_option const& option) {
    return same_choice(option.value, value);
  });
}

/// What an earlier form was told; empty where it was not, or could not be told here.
std::vector<answer> told_earlier(questionnaire const& form, item const& wanted,
                                 std::span<answered_form const> earlier) {
  std::vector<answer> carried;
  for (auto const& each : earlier) {
    auto const* source = each.form->find(wanted.link_id);
    bool const same = each.form->header().id != form.header().id && source != nullptr &&
                      source->type == wanted.type && is_asked_once(*each.form, *source);
    if (!same) continue;
    for (auto const* given : answers_to(*each.form, *each.answers, wanted.link_id)) {
      if (!may_be_given(wanted, given->value)) return {};
      answer copy;
      copy.value = given->value;
      copy.origin = answer_origin::prefilled;
      copy.position = static_cast<std::uint32_t>(carried.size());
      carried.push_back(std::move(copy));
    }
    if (!carried.empty()) break;
  }
  if (carried.size() > 1 && !wanted.repeats) carried.clear();
  return carried;
}

std::vector<answered_item>& siblings_of(questionnaire const& form, item const& one, answers& all) {
  auto const* outer = form.parent_of(one);
  if (outer == nullptr) return all.items;
  auto& around = siblings_of(form, *outer, all);
  auto const there = std::ranges::find(around, outer->index, &answered_item::item);
  return there == around.end() ? add_occurrence(around, outer->index).items : there->items;
}

}  // namespace

void carry_over(questionnaire const& form, std::span<answered_form const> earlier, answers& all) {
  for (auto const& one : form.items()) {
    if (!is_asked_once(form, one) || !answers_to(form, all, one.link_id).empty()) continue;
    auto carried = told_earlier(form, one, earlier);
    if (carried.empty()) continue;
    add_occurrence(siblings_of(form, one, all), one.index).answers = std::move(carried);
  }
}

}  // namespace intake::forms
