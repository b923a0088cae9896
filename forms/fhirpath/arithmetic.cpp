#include "forms/fhirpath/operators.hpp"

#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

/// An Integer where both sides were: an overflow gives nothing.
collection whole_result(std::optional<number> const& result) {
  auto const whole = result ? to_integer(result->value) : std::nullopt;
  return whole ? one({*whole}) : collection{};
}

collection on_numbers(operation op, number const& a, number const& b, bool whole) {
  std::optional<number> result;
  switch (op) {
    case operation::add:
      result = add(a, b);
      break;
    case operation::subtract:
      result = subtract(a, b);
      break;
    case operation::multiply:
      result = multiply(a, b);
      break;
    case operation::modulo:
      result = remainder(a, b);
      break;
    case operation::divide_whole: {
      auto const quotient = divide_whole(a.value, b.value);
      return quotient ? whole_result(number{*quotient, 0}) : collection{};
    }
    default:
      result = divide(a, b);
      return result ? one({std::move(*result)}) : collection{};
  }
  if (whole) return whole_result(result);
  return result ? one({std::move(*result)}) : collection{};
}

collection on_measures(operation op, measure const& a, measure b) {
  std::optional<measure> result;
  if (op == operation::subtract) b.value.value = -b.value.value;
  if (op == operation::add || op == operation::subtract) result = add(a, b);
  if (op == operation::multiply) result = multiply(a, b);
  if (op == operation::divide) result = divide(a, b);
  return result ? one(measure_value(std::move(*result))) : collection{};
}

// Decimals count for nothing above seconds; below them there are only milliseconds.
collection shifted_time(evaluation& in, ast const& of, temporal const& at, measure const& by) {
  auto const unit = shift_unit(by);
  if (!unit) {
    in.fail(of, fmt::format("'{}' is no span that a date can be moved by.", by.unit));
    return {};
  }
  auto amount = by.value.value;
  if (of.op == operation::subtract) amount = -amount;
  auto used = *unit;
  if (used == time_unit::second && at.precision == time_precision::fraction) {
    used = time_unit::millisecond;
    amount = amount * number::of(1000).value;
  }
  auto const whole = divide_whole(amount, number::of(1).value);
  auto const text = whole ? whole->to_text() : "";
  if (text.empty() || text.size() > 14) return {};
  auto const moved = shifted(at, std::stoll(text), used);
  return moved ? one({*moved}) : collection{};
}

bool is_time_shift(ast const& of, value const& left, value const& right) {
  bool const op = of.op == operation::add || of.op == operation::subtract;
  return op && left.as<temporal>() != nullptr && right.as_measure() != nullptr;
}

}  // namespace

collection arithmetic(evaluation& in, ast const& of, collection const& left,
                      collection const& right) {
  auto const a = in.single(left, of);
  auto const b = in.single(right, of);
  if (!a || !b || in.failed()) return {};
  auto const x = number_of(*a);
  auto const y = number_of(*b);
  if (x && y) {
    bool const whole = a->as<std::int32_t>() != nullptr && b->as<std::int32_t>() != nullptr;
    return on_numbers(of.op, *x, *y, whole);
  }
  if (is_time_shift(of, *a, *b)) return shifted_time(in, of, *a->as<temporal>(), *b->as_measure());
  auto const* text = a->as<std::string>();
  auto const* more = b->as<std::string>();
  if (of.op == operation::add && text != nullptr && more != nullptr) {
    if (text->size() + more->size() <= evaluation_text_bytes_max) {
      return one(text_value(*text + *more));
    }
    in.fail(of, "The text becomes too long.");
    return {};
  }
  auto const p = measure_of(*a);
  auto const q = measure_of(*b);
  if (p && q && of.op != operation::modulo && of.op != operation::divide_whole) {
    return on_measures(of.op, *p, *q);
  }
  in.fail(of, fmt::format("{} does not go with {} and {}.", of.name, type_of(*a).name,
                          type_of(*b).name));
  return {};
}

}  // namespace intake::forms::fhirpath
