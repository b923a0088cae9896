#include "forms/form_links.hpp"

#include "forms/value_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace intake::forms {
namespace {

// A question that waits for a question that waits …: no form is that long, and evaluating it
// recurses.
constexpr std::size_t chain_max = 256;

class linker {
 public:
  linker(std::vector<item>& items, item_places const& places) : items_{items}, places_{places} {
    for (auto const& one : items_) by_link_id_.emplace(one.link_id, one.index);
  }

  void run() {
    for (auto& one : items_) {
      for (std::size_t i = 0; i < one.enable_when.size(); ++i) resolve(one, i);
      bool const both = !one.enable_when.empty() && !one.enable_when_expression.text.empty();
      if (both) report(form_rule::enable_when_both, one);
      check_required(one);
    }
    marks_.assign(items_.size(), mark::fresh);
    lengths_.assign(items_.size(), 0);
    for (auto const& one : items_) {
      if (has_cycle(one.index, 0)) report(form_rule::enable_when_cycle, one);
    }
  }

 private:
  enum class mark : std::uint8_t { fresh, open, done };

  void report(form_rule rule, item const& one, std::string_view member = {},
              std::string_view detail = {}) {
    auto const place = fmt::format("{}{}", places_.paths[one.index], member);
    places_.log.add(rule, place, *places_.json[one.index], detail);
  }

  bool within(item_index outer, item_index inner) const {
    return inner >= outer && inner < items_[outer].end;
  }

  void resolve(item& one, std::size_t index) {
    auto& condition = one.enable_when[index];
    auto const member = fmt::format(".enableWhen[{}]", index);
    auto const found = by_link_id_.find(condition.question);
    if (found == by_link_id_.end()) {
      report(form_rule::enable_when_question_unknown, one, member, condition.question);
      return;
    }
    if (places_.ambiguous.contains(condition.question)) {
      report(form_rule::enable_when_ambiguous, one, member, condition.question);
    }
    condition.target = found->second;
    auto const& target = items_[condition.target];
    if (within(one.index, condition.target)) report(form_rule::enable_when_self, one, member);
    if (condition.target > one.index) report(form_rule::enable_when_later, one, member);
    check_type(one, condition, target, member);
  }

  // A condition that compares with something its question never says.
  void check_type(item const& one, enable_condition const& condition, item const& target,
                  std::string const& member) {
    if (condition.operation == enable_operator::exists) {
      if (!is_question(target)) report(form_rule::enable_when_group, one, member);
      return;
    }
    auto const kind = kind_of(condition.answer);
    auto const& options = options_of(target);
    bool const fits = kind && (takes_kind(target.type, *kind) ||
                               std::ranges::any_of(options, [&](answer_option const& option) {
                                 return kind_of(option.value) == kind;
                               }));
    if (!is_question(target) || !fits) {
      bool const related =
          is_question(target) && kind && are_comparable(main_kind(target.type), *kind);
      report(related ? form_rule::enable_when_related_type : form_rule::enable_when_type, one,
             member);
      return;
    }
    bool const closed = target.type == item_type::choice && !options.empty();
    bool const wants_equal = condition.operation == enable_operator::equal;
    if (closed && wants_equal && !any_option_equals(options, condition.answer)) {
      report(form_rule::enable_when_never, one, member);
    }
  }

  static bool any_option_equals(std::vector<answer_option> const& options,
                                answer_value const& wanted) {
    return std::ranges::any_of(options, [&](answer_option const& option) {
      auto const* a = std::get_if<coding>(&option.value);
      auto const* b = std::get_if<coding>(&wanted);
      if (a == nullptr || b == nullptr) return option.value == wanted;
      return a->code == b->code && (b->system.empty() || a->system == b->system);
    });
  }

  void check_required(item const& one) {
    if (!one.required) return;
    if (one.type == item_type::group) {
      auto const below = std::span{items_}.subspan(one.index + 1, one.end - one.index - 1);
      if (std::ranges::none_of(below, is_question)) report(form_rule::required_group_empty, one);
    }
    if (!is_question(one)) return;
    bool const given = !one.initial.empty() || !one.initial_expression.text.empty() ||
                       !one.calculated_expression.text.empty() ||
                       std::ranges::any_of(one.options, &answer_option::initially_selected);
    if (one.hidden && !given) report(form_rule::hidden_required, one);
    bool const optional_group = one.parent != no_item && !items_[one.parent].required &&
                                items_[one.parent].type == item_type::group;
    if (optional_group) report(form_rule::required_in_optional_group, one);
  }

  /// Enablement of an item depends on its questions and on what encloses those.
  bool has_cycle(item_index start, std::size_t depth) {
    if (marks_[start] == mark::done) return false;
    if (marks_[start] == mark::open || depth > chain_max) return true;
    marks_[start] = mark::open;
    bool found = false;
    for (auto const& condition : items_[start].enable_when) {
      for (auto at = condition.target; at != no_item && !found; at = items_[at].parent) {
        if (within(at, start)) break;
        found = has_cycle(at, depth + 1);
        lengths_[start] = std::max(lengths_[start], lengths_[at] + 1);
      }
    }
    marks_[start] = mark::done;
    return found || lengths_[start] > chain_max;
  }

  std::vector<item>& items_;
  item_places const& places_;
  std::unordered_map<std::string_view, item_index> by_link_id_;
  std::vector<mark> marks_;
  /// Questions that an item's enablement waits for, one after the other.
  std::vector<std::size_t> lengths_;
};

}  // namespace

void link_items(std::vector<item>& items, item_places const& places) {
  linker{items, places}.run();
}

}  // namespace intake::forms
