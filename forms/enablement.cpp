#include "forms/enablement.hpp"

#include "forms/compare.hpp"

#include <algorithm>
#include <compare>
#include <functional>
#include <optional>
#include <utility>

namespace intake::forms {
namespace {

bool satisfies(enable_operator operation, answer_value const& given, answer_value const& wanted) {
  if (operation == enable_operator::equal) return equals_wanted(given, wanted);
  // What is not certain does not hold.
  auto const may_be = possible_orders_of(given, wanted);
  if (!may_be) return false;
  switch (operation) {
    case enable_operator::greater:
      return !may_be->less && !may_be->equal;
    case enable_operator::less:
      return !may_be->greater && !may_be->equal;
    case enable_operator::greater_or_equal:
      return !may_be->less;
    case enable_operator::less_or_equal:
      return !may_be->greater;
    default:
      return false;
  }
}

bool meets(enable_condition const& condition, std::vector<answer const*> const& found) {
  auto const answered = [](answer const* given) { return has_value(given->value); };
  switch (condition.operation) {
    case enable_operator::exists:
      return std::ranges::any_of(found, answered) == std::get<bool>(condition.answer);
    case enable_operator::not_equal:
      return std::ranges::none_of(found, [&](answer const* given) {
        return equals_wanted(given->value, condition.answer);
      });
    default:
      return std::ranges::any_of(found, [&](answer const* given) {
        return satisfies(condition.operation, given->value, condition.answer);
      });
  }
}

}  // namespace

std::size_t enablement::key_hash::operator()(key const& one) const noexcept {
  auto const siblings = std::hash<void const*>{}(one.siblings);
  return siblings ^ (std::hash<void const*>{}(one.decided) * 0x9E3779B97F4A7C15U);
}

/// Gathers the answers that a condition can see; those of disabled questions count as not given.
class enablement::answer_search {
 public:
  answer_search(enablement const& owner, item_index target) : owner_{owner}, target_{target} {}

  /// The nearest scope around `at` from where the target is seen: below whose owner it lies, or the
  /// one that stands within an answer to it.
  answer_scope const& base_of(answer_scope const& at) const {
    auto const* scope = &at;
    for (; scope->owner != no_item; scope = scope->outer) {
      bool const nested = scope->owner == target_ && scope->within != nullptr;
      if (nested || (scope->owner != target_ && owner_.form_->contains(scope->owner, target_)))
        break;
    }
    return *scope;
  }

  /// What encloses the item is enabled, or nobody would ask; only what lies below is in question.
  std::vector<answer const*> answers_from(answer_scope const& base) {
    if (base.owner == target_) return {base.within};
    descend(base);
    return std::move(found_);
  }

 private:
  /// The child of the scope's owner that is the target or contains it.
  item_index step_towards_target(item_index owner) const {
    auto step = target_;
    while (owner_.form_->at(step).parent != owner) step = owner_.form_->at(step).parent;
    return step;
  }

  void descend(answer_scope const& scope) {
    auto const step = step_towards_target(scope.owner);
    auto const steps = occurrences(*scope.siblings, step);
    if (steps.empty() || !owner_.is_enabled(owner_.form_->at(step), scope)) return;
    for (auto const& one : steps) {
      if (step == target_) {
        for (auto const& given : one.answers) found_.push_back(&given);
        continue;
      }
      if (!one.items.empty()) descend({&one.items, &scope, step});
      for (auto const& given : one.answers) {
        if (!given.items.empty()) descend({&given.items, &scope, step, &given});
      }
    }
  }

  enablement const& owner_;
  item_index target_;
  std::vector<answer const*> found_;
};

enablement::enablement(questionnaire const& form, answers const& all, expression_hooks const* hooks)
    : form_{&form}, all_{&all}, hooks_{hooks} {}

bool enablement::is_enabled(item const& one, answer_scope const& scope) const {
  if (one.enable_when.empty() && one.enable_when_expression.text.empty()) return true;
  key const place{scope.siblings, &one};
  if (auto const known = known_.find(place); known != known_.end()) return known->second;
  bool const enabled = decide(one, scope);
  known_.emplace(place, enabled);
  return enabled;
}

bool enablement::decide(item const& one, answer_scope const& scope) const {
  if (one.enable_when.empty()) {
    // SDC: a form has either enableWhen or an expression for an item.
    if (hooks_ == nullptr || !hooks_->enabled) return true;
    return hooks_->enabled({*form_, *all_, scope, &one}).value_or(true);
  }
  auto const holds_here = [&](enable_condition const& condition) {
    return holds(condition, scope);
  };
  return one.behavior == enable_behavior::all ? std::ranges::all_of(one.enable_when, holds_here)
                                              : std::ranges::any_of(one.enable_when, holds_here);
}

bool enablement::holds(enable_condition const& condition, answer_scope const& scope) const {
  if (condition.target == no_item) return meets(condition, {});
  answer_search search{*this, condition.target};
  auto const& base = search.base_of(scope);
  // All repetitions that look from the same base see the same: decided once, it stays linear.
  key const place{base.siblings, &condition};
  if (auto const known = known_.find(place); known != known_.end()) return known->second;
  bool const result = meets(condition, search.answers_from(base));
  known_.emplace(place, result);
  return result;
}

namespace {

/// Decides first and removes then: conditions look at answers that are still where they were.
class disabled_remover {
 public:
  disabled_remover(questionnaire const& form, answers const& all, expression_hooks const* hooks)
      : form_{form}, enabled_{form, all, hooks} {}

  void decide(answer_scope const& scope) {
    for (auto const& one : *scope.siblings) {
      bool const enabled = enabled_.is_enabled(form_.at(one.item), scope);
      kept_.push_back(enabled);
      if (!enabled) continue;
      decide({&one.items, &scope, one.item});
      for (auto const& given : one.answers) decide({&given.items, &scope, one.item, &given});
    }
  }

  bool found_any() const { return std::ranges::find(kept_, false) != kept_.end(); }

  void remove(std::vector<answered_item>& siblings) {
    auto end = siblings.begin();
    for (auto& one : siblings) {
      if (!kept_[next_++]) continue;
      remove(one.items);
      for (auto& given : one.answers) remove(given.items);
      if (&one != &*end) *end = std::move(one);
      ++end;
    }
    siblings.erase(end, siblings.end());
  }

 private:
  questionnaire const& form_;
  enablement enabled_;
  /// In the order of the walk.
  std::vector<bool> kept_;
  std::size_t next_ = 0;
};

}  // namespace

answers without_disabled(questionnaire const& form, answers all, expression_hooks const* hooks) {
  bool const by_expression =
      hooks != nullptr && std::ranges::any_of(form.items(), [](item const& one) {
        return one.enable_when_expression.compiled != nullptr;
      });
  // An expression sees what is there: what is dropped may disable what asked for it.
  int const rounds = by_expression ? enablement_rounds_max : 1;
  for (int round = 0; round < rounds; ++round) {
    disabled_remover remover{form, all, hooks};
    remover.decide({&all.items, nullptr, no_item});
    if (!remover.found_any()) break;
    remover.remove(all.items);
  }
  return all;
}

}  // namespace intake::forms
