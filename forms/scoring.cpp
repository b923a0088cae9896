#include "forms/scoring.hpp"

#include "forms/compare.hpp"
#include "forms/enablement.hpp"
#include "forms/place.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace intake::forms {
namespace {

bool holds_calculated(questionnaire const& form, item_index outer) {
  auto const within = form.items().subspan(outer, form.at(outer).end - outer);
  return std::ranges::any_of(within, is_calculated);
}

void drop_occurrences(std::vector<answered_item>& siblings, item_index index) {
  std::erase_if(siblings, [&](answered_item const& one) { return one.item == index; });
}

bool calculates(questionnaire const& form) {
  return !form.items().empty() && std::ranges::any_of(form.items(), [](item const& one) {
    return !one.calculated_expression.text.empty();
  });
}

/// One round: every calculated item once, in form order.
class calculation_round {
 public:
  calculation_round(questionnaire const& form, answers& all, expression_hooks const& hooks)
      : form_{form}, all_{all}, hooks_{hooks} {}

  bool run() {
    scope(all_.items, nullptr, no_item, nullptr);
    return changed_;
  }

 private:
  void scope(std::vector<answered_item>& siblings, answer_scope const* outer, item_index owner,
             answer const* within) {
    answer_scope const here{&siblings, outer, owner, within};
    for (auto const index : form_.children_of(owner)) {
      if (!holds_calculated(form_, index)) continue;
      auto const& one = form_.at(index);
      if (is_calculated(one)) {
        replace(one, siblings, here);
      } else {
        inner(one, siblings, here);
      }
    }
  }

  void replace(item const& one, std::vector<answered_item>& siblings, answer_scope const& here) {
    auto const value = hooks_.calculate({form_, all_, here, &one});
    auto const given = occurrences(siblings, one.index);
    bool const same = value ? given.last - given.first == 1 && given.first->answers.size() == 1 &&
                                  given.first->answers[0].value == *value &&
                                  given.first->answers[0].origin == answer_origin::calculated
                            : given.empty();
    if (same) return;
    changed_ = true;
    drop_occurrences(siblings, one.index);
    if (!value) return;
    answer computed;
    computed.value = *value;
    computed.origin = answer_origin::calculated;
    add_occurrence(siblings, one.index).answers.push_back(std::move(computed));
  }

  void inner(item const& one, std::vector<answered_item>& siblings, answer_scope const& here) {
    bool const made =
        one.type == item_type::group && !one.repeats && occurrences(siblings, one.index).empty();
    if (made) add_occurrence(siblings, one.index);
    auto const given = occurrences(siblings, one.index);
    auto const first = static_cast<std::size_t>(given.first - siblings.data());
    auto const last = static_cast<std::size_t>(given.last - siblings.data());
    for (auto i = first; i < last; ++i) {
      auto& occurrence = siblings[i];
      if (is_question(one)) {
        for (auto& given_answer : occurrence.answers) {
          scope(given_answer.items, &here, one.index, &given_answer);
        }
      } else {
        scope(occurrence.items, &here, one.index, nullptr);
      }
    }
    if (made && siblings[first].items.empty()) drop_occurrences(siblings, one.index);
  }

  questionnaire const& form_;
  answers& all_;
  expression_hooks const& hooks_;
  bool changed_ = false;
};

/// Reports what a client sent for calculated items and what is another value now.
class difference {
 public:
  explicit difference(questionnaire const& form) : form_{form}, log_{form} {}

  void compare(std::vector<answered_item> const& sent, std::vector<answered_item> const& now,
               place const* outer) {
    std::uint32_t repetition = 0;
    item_index previous = no_item;
    for (auto const& one : sent) {
      repetition = one.item == previous ? repetition + 1 : 0;
      previous = one.item;
      auto const match = occurrences(now, one.item);
      auto const* other =
          match.first + std::min<std::ptrdiff_t>(repetition, match.last - match.first);
      place const at{outer, one.item, repetition, one.position};
      bool const calculated = is_calculated(form_.at(one.item));
      if (other == match.last) {
        if (calculated && is_answered(one)) log_.add(problem_code::recomputed, &at);
        continue;
      }
      if (calculated && !same_values(one, *other)) log_.add(problem_code::recomputed, &at);
      compare(one.items, other->items, &at);
    }
  }

  std::vector<problem> take() && { return std::move(log_).take(); }

 private:
  static bool same_values(answered_item const& a, answered_item const& b) {
    return std::ranges::equal(a.answers, b.answers, [](answer const& x, answer const& y) {
      return equals_wanted(x.value, y.value);
    });
  }

  questionnaire const& form_;
  problem_log log_;
};

}  // namespace

std::string_view ordinal_of(item const& question, answer_value const& chosen) {
  auto const& options = options_of(question);
  auto const found = std::ranges::find_if(
      options, [&](answer_option const& option) { return same_choice(option.value, chosen); });
  return found == options.end() ? std::string_view{} : std::string_view{found->ordinal};
}

recomputed_answers recompute(questionnaire const& form, answers sent,
                             expression_hooks const& hooks) {
  if (!hooks.calculate || !calculates(form)) return {std::move(sent), {}};
  recomputed_answers result{sent, {}};
  for (int round = 0; round < calculation_rounds_max; ++round) {
    if (!calculation_round{form, result.answers, hooks}.run()) break;
  }
  difference changes{form};
  changes.compare(sent.items, result.answers.items, nullptr);
  result.problems = std::move(changes).take();
  return result;
}

}  // namespace intake::forms
