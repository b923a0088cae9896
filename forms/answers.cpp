#include "forms/answers.hpp"

#include <algorithm>
#include <array>

namespace intake::forms {
namespace {

struct index_less {
  bool operator()(answered_item const& a, item_index b) const { return a.item < b; }
  bool operator()(item_index a, answered_item const& b) const { return a < b.item; }
};

void collect(questionnaire const& form, std::vector<answered_item> const& siblings,
             item_index wanted, std::vector<answer const*>& found) {
  for (auto const& one : siblings) {
    if (!form.contains(one.item, wanted)) continue;
    if (one.item == wanted) {
      for (auto const& given : one.answers) found.push_back(&given);
    }
    collect(form, one.items, wanted, found);
    for (auto const& given : one.answers) collect(form, given.items, wanted, found);
  }
}

}  // namespace

bool answer::operator==(answer const&) const = default;
bool answered_item::operator==(answered_item const&) const = default;
bool answers::operator==(answers const&) const = default;

std::string_view code_of(answer_origin origin) {
  constexpr std::array<std::string_view, 4> names{"patient", "prefilled", "staff", "calculated"};
  return names[static_cast<std::size_t>(origin)];
}

occurrence_range occurrences(std::vector<answered_item> const& siblings, item_index wanted) {
  auto const [first, last] =
      std::equal_range(siblings.begin(), siblings.end(), wanted, index_less{});
  return {siblings.data() + (first - siblings.begin()),
          siblings.data() + (last - siblings.begin())};
}

std::vector<answer const*> answers_to(questionnaire const& form, answers const& given,
                                      std::string_view link_id) {
  std::vector<answer const*> found;
  if (auto const* wanted = form.find(link_id)) collect(form, given.items, wanted->index, found);
  return found;
}

answer const* first_answer(questionnaire const& form, answers const& given,
                           std::string_view link_id) {
  auto const found = answers_to(form, given, link_id);
  return found.empty() ? nullptr : found.front();
}

std::string first_text(questionnaire const& form, answers const& given, std::string_view link_id) {
  auto const* found = first_answer(form, given, link_id);
  return found == nullptr ? std::string{} : plain_text(found->value);
}

std::string first_code(questionnaire const& form, answers const& given, std::string_view link_id) {
  auto const* found = first_answer(form, given, link_id);
  if (found == nullptr) return {};
  auto const* code = std::get_if<coding>(&found->value);
  return code != nullptr ? code->code : plain_text(found->value);
}

answered_item& add_occurrence(std::vector<answered_item>& siblings, item_index index) {
  auto const at = siblings.empty() || siblings.back().item <= index
                      ? siblings.end()
                      : std::upper_bound(siblings.begin(), siblings.end(), index, index_less{});
  // Made here, not read: it stands where its elder sibling stood, so that nothing is out of order.
  auto const position = at == siblings.begin() ? 0U : (at - 1)->position;
  auto const added = siblings.emplace(at);
  added->item = index;
  added->position = position;
  return *added;
}

bool is_answered(answered_item const& one) {
  return std::ranges::any_of(one.answers,
                             [](answer const& given) {
                               return has_value(given.value) ||
                                      std::ranges::any_of(given.items, is_answered);
                             }) ||
         std::ranges::any_of(one.items, is_answered);
}

}  // namespace intake::forms
