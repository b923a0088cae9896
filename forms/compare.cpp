#include "forms/compare.hpp"

#include "forms/calendar.hpp"
#include "forms/decimal.hpp"
#include "forms/units.hpp"

#include <string>
#include <string_view>

namespace intake::forms {
namespace {

std::optional<decimal> as_number(answer_value const& value) {
  if (auto const* whole = std::get_if<std::int32_t>(&value)) {
    return decimal::read(std::to_string(*whole));
  }
  if (auto const* number = std::get_if<fhir_decimal>(&value)) return decimal::read(number->text);
  return std::nullopt;
}

std::optional<time_span> as_instant(answer_value const& value) {
  calendar_reading reading{{}, calendar_fault::malformed};
  if (auto const* date = std::get_if<fhir_date>(&value)) reading = read_date(date->text);
  if (auto const* time = std::get_if<fhir_date_time>(&value)) reading = read_date_time(time->text);
  if (reading.fault != calendar_fault::none) return std::nullopt;
  return reading.span;
}

std::optional<time_span> as_time(answer_value const& value) {
  auto const* time = std::get_if<fhir_time>(&value);
  if (time == nullptr) return std::nullopt;
  auto const reading = read_time(time->text);
  if (reading.fault != calendar_fault::none) return std::nullopt;
  return reading.span;
}

struct span_pair {
  time_span a;
  time_span b;
};

std::optional<span_pair> as_spans(answer_value const& a, answer_value const& b) {
  for (auto const read : {as_instant, as_time}) {
    auto const x = read(a);
    auto const y = read(b);
    if (x && y) return span_pair{*x, *y};
  }
  return std::nullopt;
}

std::optional<std::string_view> as_text(answer_value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) return *text;
  if (auto const* uri = std::get_if<fhir_uri>(&value)) return uri->text;
  return std::nullopt;
}

/// The same by what says most: the target, else the identifier, else the display.
bool same_reference(reference const& a, reference const& b) {
  if (!a.target.empty() || !b.target.empty()) return a.target == b.target;
  if (!a.identifier_value.empty() || !b.identifier_value.empty()) {
    return a.identifier_value == b.identifier_value && a.identifier_system == b.identifier_system;
  }
  return !a.display.empty() && a.display == b.display;
}

}  // namespace

std::optional<std::strong_ordering> compare_values(answer_value const& a, answer_value const& b) {
  auto const* whole_a = std::get_if<std::int32_t>(&a);
  auto const* whole_b = std::get_if<std::int32_t>(&b);
  if (whole_a != nullptr && whole_b != nullptr) return *whole_a <=> *whole_b;
  if (auto const x = as_number(a)) {
    auto const y = as_number(b);
    return y ? std::optional{*x <=> *y} : std::nullopt;
  }
  if (auto const spans = as_spans(a, b)) return compare_overlapping(spans->a, spans->b);
  if (auto const x = as_text(a)) {
    auto const y = as_text(b);
    return y ? std::optional{x->compare(*y) <=> 0} : std::nullopt;
  }
  auto const* x = std::get_if<quantity>(&a);
  auto const* y = std::get_if<quantity>(&b);
  return x != nullptr && y != nullptr ? compare_quantities(*x, *y) : std::nullopt;
}

std::optional<possible_orders> possible_orders_of(answer_value const& a, answer_value const& b) {
  auto const* x = std::get_if<quantity>(&a);
  auto const* y = std::get_if<quantity>(&b);
  if (x != nullptr && y != nullptr) return possible_orders_of(*x, *y);
  auto const spans = as_spans(a, b);
  auto const order = spans ? compare_certain(spans->a, spans->b) : compare_values(a, b);
  if (!order) return std::nullopt;
  return possible_orders{*order<0, *order == 0, *order> 0};
}

bool equals_wanted(answer_value const& given, answer_value const& wanted) {
  auto const* code = std::get_if<coding>(&given);
  auto const* wanted_code = std::get_if<coding>(&wanted);
  if (code != nullptr && wanted_code != nullptr) {
    if (wanted_code->code.empty()) return code->display == wanted_code->display;
    return code->code == wanted_code->code &&
           (wanted_code->system.empty() || code->system == wanted_code->system);
  }
  auto const* amount = std::get_if<quantity>(&given);
  auto const* wanted_amount = std::get_if<quantity>(&wanted);
  if (amount != nullptr && wanted_amount != nullptr) {
    auto const order = compare_quantities(*amount, *wanted_amount);
    if (order) return *order == 0 && amount->comparator == wanted_amount->comparator;
  }
  if (auto const orders = possible_orders_of(given, wanted)) return orders->equal;
  auto const* target = std::get_if<reference>(&given);
  auto const* wanted_target = std::get_if<reference>(&wanted);
  if (target != nullptr && wanted_target != nullptr) return same_reference(*target, *wanted_target);
  bool const readable = has_value(given) && !std::holds_alternative<unreadable_value>(given);
  return readable && given == wanted;
}

bool same_choice(answer_value const& a, answer_value const& b) {
  auto const* x = std::get_if<coding>(&a);
  auto const* y = std::get_if<coding>(&b);
  if (x != nullptr && y != nullptr) {
    return x->system == y->system && x->code == y->code &&
           (!x->code.empty() || x->display == y->display);
  }
  auto const* target = std::get_if<reference>(&a);
  auto const* other = std::get_if<reference>(&b);
  if (target != nullptr && other != nullptr) return same_reference(*target, *other);
  return a == b;
}

}  // namespace intake::forms
