#pragma once
#include "forms/answers.hpp"
#include "forms/expression_hooks.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace intake::forms {

/// The items around a place: an occurrence's children, and what encloses it. Lives on the stack of
/// who walks the tree.
struct answer_scope {
  std::vector<answered_item> const* siblings = nullptr;
  answer_scope const* outer = nullptr;
  /// The item whose children these are; no_item at the top.
  item_index owner = no_item;
  /// The answer below which these stand; null below a group and at the top.
  answer const* within = nullptr;
};

/// The one evaluator of enableWhen, for page, server and PDF (R4 Questionnaire.item.enableWhen).
///
/// A condition looks for its question in the nearest enclosing group occurrence that contains it;
/// where that question repeats below it, one matching answer is enough. A disabled question counts
/// as unanswered; below a disabled item everything is disabled. `!=` holds when no answer is equal,
/// also without any answer. Quantities compare in the same or a convertible unit, Codings by code
/// and, where the condition names one, system.
class enablement {
 public:
  /// Form, answers and hooks must outlive it, and the answers stay as they are.
  enablement(questionnaire const&, answers const&, expression_hooks const* = nullptr);

  /// An item among the scope's siblings, answered or not. Only the item's own conditions and those
  /// of its questions count here: who walks the tree does not enter a disabled item.
  bool is_enabled(item const&, answer_scope const&) const;

 private:
  /// A place and what was decided there: an item's state, or one of its conditions.
  struct key {
    void const* siblings;
    void const* decided;
    bool operator==(key const&) const = default;
  };
  struct key_hash {
    std::size_t operator()(key const&) const noexcept;
  };
  class answer_search;
  bool decide(item const&, answer_scope const&) const;
  bool holds(enable_condition const&, answer_scope const&) const;

  questionnaire const* form_;
  answers const* all_;
  expression_hooks const* hooks_;
  mutable std::unordered_map<key, bool, key_hash> known_;
};

/// The answers without those of disabled items: what is submitted. Drafts keep them. Items that
/// expressions disable settle in at most `enablement_rounds_max` rounds.
answers without_disabled(questionnaire const&, answers, expression_hooks const* = nullptr);

constexpr int enablement_rounds_max = 8;

}  // namespace intake::forms
