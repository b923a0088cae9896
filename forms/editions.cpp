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

}  // namespace

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
