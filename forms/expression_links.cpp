#include "forms/expression_links.hpp"

#include "forms/fhirpath/references.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace intake::forms {
namespace {

// As for enableWhen: no form is that long, and looking for circles recurses.
constexpr std::size_t chain_max = 256;

/// What one item's value or enablement waits for.
struct item_needs {
  std::vector<item_index> value;
  std::vector<item_index> enablement;
};

class cycle_search {
 public:
  cycle_search(form_header const& header, std::vector<item> const& items, item_places const& places)
      : header_{header}, items_{items}, places_{places} {
    for (auto const& one : items_) by_link_id_.emplace(one.link_id, one.index);
  }

  void run() {
    marks_.assign(items_.size(), mark::fresh);
    lengths_.assign(items_.size(), 0);
    for (auto const& one : items_) needs_.push_back(needs_of(one));
    for (auto const& one : items_) {
      bool const turns = variables_turn_ || names_itself(one.index) || turns_back(one.index, 0);
      if (!turns) continue;
      report(one);
      return;
    }
  }

 private:
  enum class mark : std::uint8_t { fresh, open, done };
  using variable_list = std::vector<form_expression>;

  void report(item const& one) {
    places_.log.add(form_rule::expression_cycle, places_.paths[one.index],
                    *places_.json[one.index]);
  }

  bool within(item_index outer, item_index inner) const {
    return inner >= outer && inner < items_[outer].end;
  }

  item_needs needs_of(item const& one) {
    item_needs needs;
    add(one.calculated_expression, one.index, needs.value);
    add(one.enable_when_expression, one.index, needs.enablement);
    for (auto const& condition : one.enable_when) {
      if (condition.target != no_item) needs.enablement.push_back(condition.target);
    }
    return needs;
  }

  /// The questions that an expression at an item names, itself or through variables.
  void add(form_expression const& of, item_index at, std::vector<item_index>& into) {
    if (of.compiled == nullptr) return;
    open_.clear();
    done_.clear();
    follow(of, at, into);
  }

  void follow(form_expression const& of, item_index at, std::vector<item_index>& into) {
    auto const references = fhirpath::references_of(*of.compiled);
    for (auto const& link_id : references.link_ids) {
      auto const found = by_link_id_.find(link_id);
      if (found != by_link_id_.end()) into.push_back(found->second);
    }
    for (auto const& name : references.variables) follow_variable(name, of, at, into);
  }

  void follow_variable(std::string const& name, form_expression const& from, item_index at,
                       std::vector<item_index>& into) {
    for (auto scope = at;; scope = items_[scope].parent) {
      auto const& variables = scope == no_item ? header_.variables : items_[scope].variables;
      for (auto const& one : variables) {
        // Its own name means the variable outside.
        if (one.name != name || &one == &from || one.compiled == nullptr) continue;
        enter(one, scope, into);
        return;
      }
      if (scope == no_item) return;
    }
  }

  void enter(form_expression const& variable, item_index scope, std::vector<item_index>& into) {
    if (done_.contains(&variable)) return;
    if (open_.contains(&variable) || open_.size() > chain_max) {
      variables_turn_ = true;
      return;
    }
    open_.insert(&variable);
    follow(variable, scope, into);
    open_.erase(&variable);
    done_.insert(&variable);
  }

  // A value from itself, or an item shown for what stands in or below it.
  bool names_itself(item_index index) const {
    auto const& needs = needs_[index];
    bool const shown_by_itself =
        std::ranges::any_of(needs.enablement, [&](item_index at) { return within(index, at); });
    return shown_by_itself || std::ranges::find(needs.value, index) != needs.value.end();
  }

  /// An item waits for what it names and for what encloses that.
  bool turns_back(item_index start, std::size_t depth) {
    if (marks_[start] == mark::done) return false;
    if (marks_[start] == mark::open || depth > chain_max) return true;
    marks_[start] = mark::open;
    bool found = false;
    for (auto const* list : {&needs_[start].value, &needs_[start].enablement}) {
      for (auto const target : *list) {
        for (auto at = target; at != no_item && !found && !within(at, start);
             at = items_[at].parent) {
          found = turns_back(at, depth + 1);
          lengths_[start] = std::max(lengths_[start], lengths_[at] + 1);
        }
      }
    }
    marks_[start] = mark::done;
    return found || lengths_[start] > chain_max;
  }

  form_header const& header_;
  std::vector<item> const& items_;
  item_places const& places_;
  std::unordered_map<std::string_view, item_index> by_link_id_;
  std::vector<item_needs> needs_;
  std::vector<mark> marks_;
  std::vector<std::size_t> lengths_;
  std::unordered_set<form_expression const*> open_;
  std::unordered_set<form_expression const*> done_;
  bool variables_turn_ = false;
};

bool has_expressions(std::vector<item> const& items) {
  return std::ranges::any_of(items, [](item const& one) {
    return one.calculated_expression.compiled != nullptr ||
           one.enable_when_expression.compiled != nullptr;
  });
}

}  // namespace

void check_expression_cycles(form_header const& header, std::vector<item> const& items,
                             item_places const& places) {
  if (has_expressions(items)) cycle_search{header, items, places}.run();
}

}  // namespace intake::forms
