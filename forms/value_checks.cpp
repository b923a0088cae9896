#include "forms/value_checks.hpp"

#include "forms/attachment_checks.hpp"
#include "forms/compare.hpp"
#include "forms/decimal.hpp"
#include "forms/pattern.hpp"
#include "forms/reference_syntax.hpp"
#include "forms/units.hpp"
#include "forms/utf8.hpp"
#include "forms/value_reader.hpp"
#include "forms/value_set.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms {
namespace {

struct check_context {
  item const& question;
  place const& at;
  value_bounds const& bounds;
  problem_log& log;

  void report(problem_code code, problem_log::arguments arguments = {}) const {
    log.add(code, &at, std::move(arguments));
  }
};

std::string_view text_of(answer_value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) return *text;
  if (auto const* uri = std::get_if<fhir_uri>(&value)) return uri->text;
  return {};
}

// R4 que-10: a number's signs are counted too.
void check_length(check_context const& context, answer_value const& value) {
  auto const& limits = context.question.limits;
  if (!limits.length_max && !limits.length_min) return;
  bool const number =
      std::holds_alternative<std::int32_t>(value) || std::holds_alternative<fhir_decimal>(value);
  auto const written = number ? plain_text(value) : std::string();
  auto const text = number ? std::string_view(written) : text_of(value);
  if (text.empty()) return;
  auto const length = count_code_points(text);
  if (limits.length_max && length > *limits.length_max) {
    context.report(problem_code::too_long, {{"max", std::to_string(*limits.length_max)}});
  }
  if (limits.length_min && length < *limits.length_min) {
    context.report(problem_code::too_short, {{"min", std::to_string(*limits.length_min)}});
  }
}

void check_url(check_context const& context, answer_value const& value) {
  auto const text = text_of(value);
  bool const url = context.question.type == item_type::url && !text.empty();
  if (url && text.find(':') == std::string_view::npos) context.report(problem_code::malformed_url);
}

// A regex is for what is written as one text: every primitive.
void check_pattern(check_context const& context, answer_value const& value) {
  auto const& compiled = context.question.limits.compiled_regex;
  auto const kind = kind_of(value);
  if (compiled == nullptr || !kind || *kind > value_kind::uri) return;
  auto const text = text_of(value);
  bool const matches =
      text.empty() ? compiled->matches_whole(plain_text(value)) : compiled->matches_whole(text);
  if (!matches) context.report(problem_code::pattern_mismatch);
}

bool is_listed(std::vector<answer_option> const& options, answer_value const& value) {
  return std::ranges::any_of(options, [&](answer_option const& option) {
    if (same_choice(option.value, value)) return true;
    // A text question with a value set is answered with a code's text.
    auto const* code = std::get_if<coding>(&option.value);
    auto const* text = std::get_if<std::string>(&value);
    return code != nullptr && text != nullptr && (code->code == *text || code->display == *text);
  });
}

void check_options(check_context const& context, answer_value const& value) {
  auto const& question = context.question;
  bool const free_text =
      question.type == item_type::open_choice && std::holds_alternative<std::string>(value);
  if (free_text || !kind_of(value)) return;
  if (auto const* choices = context.bounds.choices) {
    auto const chosen = [&](answer_value const& one) { return same_choice(one, value); };
    if (std::ranges::none_of(*choices, chosen)) context.report(problem_code::not_an_option);
    return;
  }
  auto const& options = options_of(question);
  if (!options.empty()) {
    if (is_listed(options, value)) return;
    // An open choice may be answered with a Coding of one's own only where the form says so; R4
    // allows text.
    context.report(question.options.empty() ? problem_code::not_in_value_set
                                            : problem_code::not_an_option);
  } else if (!question.value_set_url.empty()) {
    context.report(problem_code::value_set_unresolved);
  }
}

bool is_unit(coding const& unit, quantity const& value) {
  if (value.code.empty()) return value.unit == unit.code || value.unit == unit.display;
  return value.code == unit.code && (unit.system.empty() || value.system == unit.system);
}

/// An amount in the words of a permitted unit is one in that unit.
quantity coded(quantity amount, std::vector<coding> const& units) {
  if (!amount.code.empty() || amount.unit.empty()) return amount;
  auto const named =
      std::ranges::find_if(units, [&](coding const& unit) { return is_unit(unit, amount); });
  if (named == units.end()) return amount;
  amount.system = named->system;
  amount.code = named->code;
  return amount;
}

/// A limit that is a bare number is one of a quantity's number, whatever its unit.
std::optional<possible_orders> compare_to_limit(check_context const& context,
                                                answer_value const& value,
                                                answer_value const& limit) {
  if (auto const* amount = std::get_if<quantity>(&value)) {
    if (amount->value.empty()) return std::nullopt;
    auto const* bound = std::get_if<quantity>(&limit);
    if (bound != nullptr) {
      return possible_orders_of(coded(*amount, context.question.limits.units), *bound);
    }
    return possible_orders_of(quantity{amount->value, amount->comparator, {}, {}, {}},
                              quantity{plain_text(limit), {}, {}, {}, {}});
  }
  auto const order = compare_values(value, limit);
  if (!order) return std::nullopt;
  return possible_orders{*order<0, *order == 0, *order> 0};
}

/// `beyond` may be certain, possible, or out of the question.
void report_beyond(check_context const& context, bool beyond, bool within, problem_code certain,
                   std::string_view name, answer_value const& limit) {
  if (!beyond) return;
  auto text = plain_text(limit);
  if (within) {
    context.report(problem_code::comparator_open, {{"limit", std::move(text)}});
  } else {
    context.report(certain, {{name, std::move(text)}});
  }
}

void check_range(check_context const& context, answer_value const& value) {
  auto const& [low, high, choices] = context.bounds;
  if (has_value(*low)) {
    if (auto const may_be = compare_to_limit(context, value, *low)) {
      report_beyond(context, may_be->less, may_be->equal || may_be->greater,
                    problem_code::below_minimum, "min", *low);
    }
  }
  if (has_value(*high)) {
    if (auto const may_be = compare_to_limit(context, value, *high)) {
      report_beyond(context, may_be->greater, may_be->equal || may_be->less,
                    problem_code::above_maximum, "max", *high);
    }
  }
}

void check_number(check_context const& context, answer_value const& value) {
  auto const& limit = context.question.limits.decimal_places_max;
  if (!limit) return;
  std::string_view text;
  if (auto const* number = std::get_if<fhir_decimal>(&value)) text = number->text;
  if (auto const* amount = std::get_if<quantity>(&value)) text = amount->value;
  if (decimal_places(text) > *limit) {
    context.report(problem_code::too_many_decimals, {{"max", std::to_string(*limit)}});
  }
}

std::string unit_names(std::vector<coding> const& units) {
  std::string names;
  for (auto const& unit : units) {
    names += (names.empty() ? "" : ", ") + (unit.display.empty() ? unit.code : unit.display);
  }
  return names;
}

/// In the unit, or in one that converts to it.
bool is_of_kind(coding const& unit, quantity value) {
  value.value = "1";
  return compare_quantities(value, {"1", {}, unit.display, unit.system, unit.code}).has_value();
}

void check_unit(check_context const& context, quantity const& value) {
  auto const& limits = context.question.limits;
  auto const known = [&](coding const& unit) {
    return is_unit(unit, value) || (!limits.units_closed && is_of_kind(unit, value));
  };
  if (limits.units.empty() || std::ranges::any_of(limits.units, known)) return;
  context.report(problem_code::unit_unknown, {{"units", unit_names(limits.units)}});
}

void check_quantity(check_context const& context, quantity const& value) {
  auto const& limits = context.question.limits;
  auto const bounded_in_unit = [](answer_value const& limit) {
    auto const* bound = std::get_if<quantity>(&limit);
    return bound != nullptr && has_unit(*bound);
  };
  if (!has_unit(value)) {
    bool const wanted = !limits.units.empty() || bounded_in_unit(limits.value_min) ||
                        bounded_in_unit(limits.value_max);
    if (wanted) context.report(problem_code::unit_missing);
    return;
  }
  check_unit(context, value);
  auto const amount = coded(value, limits.units);
  for (auto const* limit : {&limits.value_min, &limits.value_max}) {
    auto const* bound = std::get_if<quantity>(limit);
    if (bound == nullptr || value.value.empty() || compare_quantities(amount, *bound)) continue;
    context.report(problem_code::units_not_comparable,
                   {{"unit", bound->unit.empty() ? bound->code : bound->unit}});
    return;
  }
}

void check_reference(check_context const& context, reference const& value) {
  if (!value.target.empty() && !is_reference(value.target)) {
    context.report(problem_code::malformed_reference);
    return;
  }
  auto const& types = context.question.limits.reference_types;
  auto const type = resource_type_of(value);
  if (types.empty() || type.empty() || std::ranges::find(types, type) != types.end()) return;
  context.report(problem_code::reference_type,
                 {{"types", fmt::format("{}", fmt::join(types, ", "))}});
}

}  // namespace

void check_value(item const& question, answer_value const& value, place const& at,
                 value_bounds const& bounds, problem_log& log) {
  if (std::holds_alternative<unreadable_value>(value)) return;
  check_context const context{question, at, bounds, log};
  check_length(context, value);
  check_url(context, value);
  check_pattern(context, value);
  if (has_options(question)) check_options(context, value);
  check_range(context, value);
  check_number(context, value);
  if (auto const* amount = std::get_if<quantity>(&value)) check_quantity(context, *amount);
  if (auto const* file = std::get_if<attachment>(&value))
    check_attachment(question, *file, at, log);
  if (auto const* target = std::get_if<reference>(&value)) check_reference(context, *target);
}

}  // namespace intake::forms
