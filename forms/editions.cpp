#include "forms/editions.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

bool was_signed(questionnaire const& form, item const& group, answered_item const& given) {
  auto const* choice = form.find(group.link_id + ".choice");
  if (choice == nullptr) return true;
  auto const found = occurrences(given.items, choice->index);
  if (found.empty() || found.first->answers.empty()) return false;
  auto const* code = std::get_if<coding>(&found.first->answers.front().value);
  return code != nullptr && (code->code == "draw" || code->code == "type");
}

void collect(questionnaire const& form, std::vector<answered_item> const& siblings,
             std::vector<edition_answered>& found) {
  for (auto const& one : siblings) {
    auto const& group = form.at(one.item);
    if (!group.edition.id.empty() && is_answered(one)) {
      found.push_back({&group, &one, was_signed(form, group, one)});
    }
    collect(form, one.items, found);
    for (auto const& given : one.answers) collect(form, given.items, found);
  }
}

/// Removes the answered groups that `is_replaced` names, wherever they are.
template <class IsReplaced>
void drop(questionnaire const& form, std::vector<answered_item>& siblings, IsReplaced is_replaced,
          std::vector<item const*>& dropped) {
  std::erase_if(siblings, [&](answered_item const& one) {
    auto const& group = form.at(one.item);
    if (!is_replaced(group) || !is_answered(one)) return false;
    dropped.push_back(&group);
    return true;
  });
  for (auto& one : siblings) {
    drop(form, one.items, is_replaced, dropped);
    for (auto& given : one.answers) drop(form, given.items, is_replaced, dropped);
  }
}

}  // namespace

std::vector<item const*> drop_replaced_texts(questionnaire const& now, questionnaire const* before,
                                             answers& all) {
  std::vector<item const*> dropped;
  auto const is_replaced = [&](item const& group) {
    if (group.edition.id.empty()) return false;
    auto const* old = before == nullptr ? nullptr : before->find(group.link_id);
    return old == nullptr || old->edition.id != group.edition.id;
  };
  drop(now, all.items, is_replaced, dropped);
  return dropped;
}

bool may_be_signed(text_edition const& edition, std::string_view day) {
  if (edition.id.empty() || day.empty()) return true;
  // Full dates in this form order as text does.
  return (edition.valid_from.empty() || edition.valid_from <= day) &&
         (edition.must_stop.empty() || day <= edition.must_stop);
}

bool may_be_signed(questionnaire const& form, std::string_view day) {
  return std::ranges::all_of(form.items(),
                             [&](item const& one) { return may_be_signed(one.edition, day); });
}

std::vector<edition_answered> answered_editions(questionnaire const& form, answers const& all) {
  std::vector<edition_answered> found;
  collect(form, all.items, found);
  return found;
}

}  // namespace intake::forms
