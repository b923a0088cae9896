#include "forms/initial_values.hpp"

#include "forms/enablement.hpp"

#include <utility>

namespace intake::forms {
namespace {

class initial_filler {
 public:
  initial_filler(questionnaire const& form, answers& all, expression_hooks const& hooks)
      : form_{form}, all_{all}, hooks_{hooks} {}

  void scope(std::vector<answered_item>& siblings, answer_scope const* outer, item_index owner) {
    answer_scope const here{&siblings, outer, owner};
    for (auto const index : form_.children_of(owner)) {
      auto const& one = form_.at(index);
      if (one.type == item_type::group) {
        groups(one, siblings, here);
      } else if (one.initial_expression.compiled != nullptr &&
                 occurrences(siblings, index).empty()) {
        fill(one, siblings, here);
      }
    }
  }

 private:
  void fill(item const& one, std::vector<answered_item>& siblings, answer_scope const& here) {
    auto values = hooks_.initial({form_, all_, here, &one});
    if (values.empty()) return;
    if (!one.repeats) values.resize(1);
    std::vector<answer> given;
    for (auto& value : values) {
      auto const position = static_cast<std::uint32_t>(given.size());
      given.push_back({std::move(value), answer_origin::prefilled, position, {}});
    }
    add_occurrence(siblings, one.index).answers = std::move(given);
  }

  void groups(item const& one, std::vector<answered_item>& siblings, answer_scope const& here) {
    bool const made = !one.repeats && occurrences(siblings, one.index).empty();
    if (made) add_occurrence(siblings, one.index);
    auto const given = occurrences(siblings, one.index);
    auto const first = static_cast<std::size_t>(given.first - siblings.data());
    auto const last = static_cast<std::size_t>(given.last - siblings.data());
    for (auto i = first; i < last; ++i) scope(siblings[i].items, &here, one.index);
    if (!made || !siblings[first].items.empty()) return;
    siblings.erase(siblings.begin() + static_cast<std::ptrdiff_t>(first));
  }

  questionnaire const& form_;
  answers& all_;
  expression_hooks const& hooks_;
};

}  // namespace

answers with_initial_expressions(questionnaire const& form, answers given,
                                 expression_hooks const& hooks) {
  if (hooks.initial) initial_filler{form, given, hooks}.scope(given.items, nullptr, no_item);
  return given;
}

}  // namespace intake::forms
