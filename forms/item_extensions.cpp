#include "forms/decimal.hpp"
#include "forms/extension_urls.hpp"
#include "forms/item_reader.hpp"
#include "forms/pattern.hpp"
#include "forms/value_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>
#include <utility>

namespace intake::forms {
namespace {

void read_control(form_element const& element, item& into) {
  auto const* concept_json = element.json.find("valueCodeableConcept", json_kind::object);
  auto const* codings =
      concept_json == nullptr ? nullptr : concept_json->find("coding", json_kind::array);
  if (codings == nullptr) {
    element.report(form_rule::extension_value);
    return;
  }
  for (auto const& one : *codings) {
    auto const known = from_code<item_control>(one.text_of("code"));
    if (!known) element.report(form_rule::item_control_unknown, {}, one.text_of("code"));
    into.shown.control = known.value_or(item_control::other);
    if (known) return;
  }
}

void read_orientation(form_element const& element, item& into) {
  into.shown.horizontal_choices = element.text("valueCode") == "horizontal";
}

void read_display_category(form_element const& element, item& into) {
  auto const* concept_json = element.json.find("valueCodeableConcept", json_kind::object);
  auto const* codings =
      concept_json == nullptr ? nullptr : concept_json->find("coding", json_kind::array);
  if (codings != nullptr && !codings->children().empty()) {
    into.shown.display_category = codings->children().front().text_of("code");
  }
}

void read_unit(form_element const& element, item& into) {
  if (auto unit = read_coding_member(element, "valueCoding")) {
    into.limits.units.push_back(std::move(*unit));
  }
}

void read_unit_option(form_element const& element, item& into) {
  read_unit(element, into);
  into.limits.units_closed = true;
}

/// value[x] of a limit, or the expression that stands beside it.
void read_limit(form_element const& element, answer_value& value, form_expression& expression) {
  auto const* sibling = std::ranges::find_if(
      element.json, [](json_value const& member) { return member.key().starts_with("_value"); });
  if (sibling != element.json.end()) {
    form_element const beside{*sibling, element.path + "." + std::string{sibling->key()},
                              element.log};
    for (auto const& one : beside.extensions()) {
      if (one.url() != extension::calculated_value && one.url() != extension::cqf_expression) {
        continue;
      }
      if (auto found = read_expression(one)) expression = std::move(*found);
    }
  }
  if (auto limit = read_element_value(element, "value")) {
    value = std::move(*limit);
  } else if (expression.text.empty()) {
    element.report(form_rule::extension_value);
  }
}

void read_minimum(form_element const& element, item& into) {
  read_limit(element, into.limits.value_min, into.limits.value_min_expression);
}

void read_maximum(form_element const& element, item& into) {
  read_limit(element, into.limits.value_max, into.limits.value_max_expression);
}

template <std::optional<std::uint32_t> value_limits::*Limit>
void read_whole_number(form_element const& element, item& into) {
  auto const* member = find_value_member(element.json, "value");
  auto const number = member == nullptr ? std::nullopt : read_count(element, member->key());
  if (number && *number <= INT32_MAX) into.limits.*Limit = static_cast<std::uint32_t>(*number);
  if (member == nullptr) element.report(form_rule::extension_value);
}

/// What is whole of a decimal that is not negative; nothing where 64 bits do not hold it.
std::optional<std::uint64_t> whole_part(std::string_view text) {
  auto const number = decimal::read(text);
  if (!number || number->is_negative()) return std::nullopt;
  auto digits = number->digits();
  auto const length = static_cast<int>(digits.size()) + number->exponent();
  if (length <= 0) return 0;
  if (length > std::numeric_limits<std::uint64_t>::digits10) return std::nullopt;
  digits.resize(static_cast<std::size_t>(length), '0');
  std::uint64_t whole = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  return whole;
}

// maxSize is a decimal; whole bytes are what it can mean.
void read_bytes_max(form_element const& element, item& into) {
  auto const* member = element.json.find("valueDecimal", json_kind::number);
  if (member == nullptr) {
    element.report(form_rule::extension_value);
    return;
  }
  into.limits.bytes_max = whole_part(member->text());
  if (!into.limits.bytes_max) element.report(form_rule::length_invalid);
}

void read_regex(form_element const& element, item& into) {
  into.limits.regex = element.text("valueString");
  auto compiled = compile_pattern(into.limits.regex);
  if (compiled) {
    into.limits.compiled_regex = std::move(compiled).value();
  } else {
    element.report(form_rule::regex_unsupported, {}, compiled.error().message);
  }
}

template <std::vector<std::string> value_limits::*List>
void read_code_list(form_element const& element, item& into) {
  if (auto code = element.text("valueCode"); !code.empty()) {
    (into.limits.*List).push_back(std::move(code));
  }
}

template <std::string presentation::*Text>
void read_shown_text(form_element const& element, item& into) {
  auto const* member = find_value_member(element.json, "value");
  if (member == nullptr) {
    element.report(form_rule::extension_value);
    return;
  }
  into.shown.*Text = member->text();
}

template <form_expression item::*Expression>
void read_item_expression(form_element const& element, item& into) {
  if (auto expression = read_expression(element)) into.*Expression = std::move(*expression);
}

void read_variable(form_element const& element, item& into) {
  if (auto expression = read_expression(element)) into.variables.push_back(std::move(*expression));
}

void read_constraint_extension(form_element const& element, item& into) {
  if (auto constraint = read_constraint(element)) {
    into.constraints.push_back(std::move(*constraint));
  }
}

void read_hidden(form_element const& element, item& into) {
  into.hidden = element.flag("valueBoolean");
}

void read_edition(form_element const& element, item& into) {
  for (auto const& part : element.extensions()) {
    auto const* value = find_value_member(part.json, "value");
    auto const text = value == nullptr ? std::string_view{} : value->text();
    if (part.url() == "id") into.edition.id = text;
    if (part.url() == "valid-from") into.edition.valid_from = text;
    if (part.url() == "must-stop") into.edition.must_stop = text;
  }
}

template <std::string item::*Text>
void read_item_code(form_element const& element, item& into) {
  into.*Text = element.text("valueCode");
}

void read_signature_required(form_element const&, item& into) {
  into.signature_required = true;
}

struct extension_reader {
  std::string_view url;
  void (*read)(form_element const&, item&);
};

constexpr std::array readers{
    extension_reader{extension::item_control, read_control},
    extension_reader{extension::choice_orientation, read_orientation},
    extension_reader{extension::hidden, read_hidden},
    extension_reader{extension::unit, read_unit},
    extension_reader{extension::unit_option, read_unit_option},
    extension_reader{extension::min_value, read_minimum},
    extension_reader{extension::max_value, read_maximum},
    extension_reader{extension::min_quantity, read_minimum},
    extension_reader{extension::max_quantity, read_maximum},
    extension_reader{extension::min_length, read_whole_number<&value_limits::length_min>},
    extension_reader{extension::min_occurs, read_whole_number<&value_limits::occurs_min>},
    extension_reader{extension::max_occurs, read_whole_number<&value_limits::occurs_max>},
    extension_reader{extension::max_decimal_places,
                     read_whole_number<&value_limits::decimal_places_max>},
    extension_reader{extension::max_size, read_bytes_max},
    extension_reader{extension::mime_type, read_code_list<&value_limits::mime_types>},
    extension_reader{extension::reference_resource, read_code_list<&value_limits::reference_types>},
    extension_reader{extension::regex, read_regex},
    extension_reader{extension::entry_format, read_shown_text<&presentation::entry_format>},
    extension_reader{extension::autocomplete, read_shown_text<&presentation::autocomplete>},
    extension_reader{extension::support_link, read_shown_text<&presentation::support_link>},
    extension_reader{extension::slider_step, read_shown_text<&presentation::slider_step>},
    extension_reader{extension::control, read_shown_text<&presentation::component>},
    extension_reader{extension::approval, read_item_code<&item::approval>},
    extension_reader{extension::safety_alert, read_item_code<&item::safety_alert>},
    extension_reader{extension::edition, read_edition},
    extension_reader{extension::display_category, read_display_category},
    extension_reader{extension::signature_required, read_signature_required},
    extension_reader{extension::constraint, read_constraint_extension},
    extension_reader{extension::target_constraint, read_constraint_extension},
    extension_reader{extension::variable, read_variable},
    extension_reader{extension::initial_expression,
                     read_item_expression<&item::initial_expression>},
    extension_reader{extension::calculated_expression,
                     read_item_expression<&item::calculated_expression>},
    extension_reader{extension::enable_when_expression,
                     read_item_expression<&item::enable_when_expression>},
    extension_reader{extension::answer_expression, read_item_expression<&item::answer_expression>},
};

}  // namespace

void read_item_extensions(form_element const& element, item& into) {
  for (auto const& one : element.extensions()) {
    auto const reader = std::ranges::find(readers, one.url(), &extension_reader::url);
    if (reader != readers.end()) reader->read(one, into);
  }
}

// questionnaire-constraint and its successor have the same sub-extensions.
std::optional<form_constraint> read_constraint(form_element const& element) {
  form_constraint result;
  for (auto const& part : element.extensions()) {
    auto const url = part.url();
    if (url == "key") result.key = part.json.text_of("valueId");
    if (url == "severity") result.is_error = part.text("valueCode") != "warning";
    if (url == "human") result.human = part.localized("valueString");
    if (url == "expression") {
      if (auto expression = read_expression(part)) result.expression = std::move(*expression);
    }
  }
  if (!result.expression.text.empty() && !result.human.empty()) return result;
  element.report(form_rule::constraint_incomplete);
  return std::nullopt;
}

std::optional<form_audience> read_audience(form_element const& element) {
  for (auto const& one : element.extensions()) {
    if (one.url() != extension::audience) continue;
    auto const known = from_code<form_audience>(one.text("valueCode"));
    if (!known) one.report(form_rule::audience_unknown);
    return known;
  }
  return std::nullopt;
}

}  // namespace intake::forms
