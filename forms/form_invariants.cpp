#include "forms/compare.hpp"
#include "forms/item_reader.hpp"
#include "forms/units.hpp"
#include "forms/value_reader.hpp"

#include <algorithm>
#include <array>

namespace intake::forms {
namespace {

bool has_items(form_element const& element) {
  auto const* items = element.json.find("item", json_kind::array);
  return items != nullptr && !items->children().empty();
}

bool may_have_options(item_type type) {
  // que-5, in the words of R4: these types, for answerOption as for answerValueSet.
  constexpr std::array types{item_type::choice,  item_type::open_choice, item_type::decimal,
                             item_type::integer, item_type::date,        item_type::date_time,
                             item_type::time,    item_type::string,      item_type::quantity};
  return std::ranges::find(types, type) != types.end();
}

bool may_have_length(item_type type) {
  // que-10; open-choice because of its free text, boolean because R4 says so.
  constexpr std::array types{item_type::boolean,    item_type::decimal, item_type::integer,
                             item_type::string,     item_type::text,    item_type::url,
                             item_type::open_choice};
  return std::ranges::find(types, type) != types.end();
}

void check_display(form_element const& element, item& one) {
  if (!one.codes.empty()) {
    element.report(form_rule::que_3, "code");
    one.codes.clear();
  }
  if (one.required || one.repeats) {
    element.report(form_rule::que_6, one.required ? "required" : "repeats");
    one.required = one.repeats = false;
  }
  if (one.read_only) {
    element.report(form_rule::que_9, "readOnly");
    one.read_only = false;
  }
}

void check_nesting(form_element const& element, item& one) {
  if (one.type == item_type::group && !has_items(element)) element.report(form_rule::que_1_group);
  if (one.type == item_type::display && has_items(element)) {
    element.report(form_rule::que_1_display);
    one.type = item_type::group;
  }
}

void check_options(form_element const& element, item& one) {
  bool const listed = !one.options.empty();
  if (listed && !one.value_set_url.empty()) {
    element.report(form_rule::que_4, "answerValueSet");
    one.value_set_url.clear();
  }
  if ((listed || !one.value_set_url.empty()) && !may_have_options(one.type)) {
    element.report(form_rule::que_5, listed ? "answerOption" : "answerValueSet");
    one.options.clear();
    one.value_set_url.clear();
  }
  bool const choice = one.type == item_type::choice || one.type == item_type::open_choice;
  if (!choice && !one.value_set_url.empty())
    element.report(form_rule::que_5_words, "answerValueSet");
  bool const computed = !one.answer_expression.text.empty();
  if (choice && one.options.empty() && one.value_set_url.empty() && !computed) {
    element.report(form_rule::options_missing);
  }
}

bool may_hold(item const& one, answer_value const& value) {
  auto const kind = kind_of(value);
  if (!kind) return false;
  if (takes_kind(one.type, *kind)) return true;
  return std::ranges::any_of(
      one.options, [&](answer_option const& option) { return kind_of(option.value) == kind; });
}

bool is_option(std::vector<answer_option> const& options, answer_value const& value) {
  return std::ranges::any_of(
      options, [&](answer_option const& option) { return same_choice(option.value, value); });
}

void check_initial(form_element const& element, item& one) {
  if (one.initial.empty()) return;
  if (!is_question(one)) {
    element.report(form_rule::que_8, "initial");
    one.initial.clear();
    return;
  }
  auto const before = one.initial.size();
  std::erase_if(one.initial, [&](answer_value const& value) { return !may_hold(one, value); });
  if (one.initial.size() != before) element.report(form_rule::initial_type, "initial");
  if (!one.options.empty()) element.report(form_rule::que_11, "initial");
  bool const closed = !one.options.empty() && one.type != item_type::open_choice;
  if (closed && !std::ranges::all_of(one.initial, [&](answer_value const& value) {
        return is_option(one.options, value);
      })) {
    element.report(form_rule::initial_not_an_option, "initial");
  }
  if (one.initial.size() > 1 && !one.repeats) {
    element.report(form_rule::que_13, "initial");
    one.initial.resize(1);
  }
}

template <class Limit>
bool crossed(std::optional<Limit> const& low, std::optional<Limit> const& high) {
  return low && high && *low > *high;
}

void check_crossed(form_element const& element, value_limits const& limits) {
  auto const order = compare_values(limits.value_min, limits.value_max);
  if ((order && *order > 0) || crossed(limits.length_min, limits.length_max) ||
      crossed(limits.occurs_min, limits.occurs_max)) {
    element.report(form_rule::limits_crossed);
  }
}

/// Answers that a limit can be held against; a quantity's number also against a bare one.
bool is_bounded_by(item const& one, value_kind limit) {
  bool const number = limit == value_kind::integer || limit == value_kind::decimal;
  if (one.type == item_type::quantity && number) return true;
  constexpr std::array unordered{value_kind::boolean, value_kind::coding, value_kind::attachment,
                                 value_kind::reference};
  if (std::ranges::find(unordered, limit) != unordered.end()) return false;
  return are_comparable(main_kind(one.type), limit) ||
         std::ranges::any_of(one.options, [&](answer_option const& option) {
           auto const kind = kind_of(option.value);
           return kind && are_comparable(*kind, limit);
         });
}

void check_limit_types(form_element const& element, item const& one) {
  for (auto const* limit : {&one.limits.value_min, &one.limits.value_max}) {
    auto const kind = kind_of(*limit);
    if (!kind || is_bounded_by(one, *kind)) continue;
    element.report(form_rule::limit_type);
    return;
  }
}

void check_limits(form_element const& element, item& one) {
  if (one.limits.length_max && !may_have_length(one.type)) {
    element.report(form_rule::que_10, "maxLength");
    one.limits.length_max.reset();
  }
  bool const several =
      one.limits.occurs_max.value_or(1) > 1 || one.limits.occurs_min.value_or(0) > 1;
  if (several && !one.repeats) element.report(form_rule::occurs_without_repeats);
  check_crossed(element, one.limits);
  check_limit_types(element, one);
  for (auto const& unit : one.limits.units) {
    if (unit.system == ucum_system && !is_known_unit(unit.code)) {
      element.report(form_rule::unit_unknown, {}, unit.code);
    }
  }
}

}  // namespace

void apply_invariants(form_element const& element, item& one) {
  check_nesting(element, one);
  if (one.type == item_type::display) check_display(element, one);
  check_options(element, one);
  check_initial(element, one);
  check_limits(element, one);
  if (is_question(one) && one.text.empty() && !one.hidden) element.report(form_rule::text_missing);
}

}  // namespace intake::forms
