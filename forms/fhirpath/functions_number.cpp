#include "forms/fhirpath/equality.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/operators.hpp"

#include <cstdlib>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

/// The one number of a collection; a fault where it is no number.
std::optional<number> number_in(call& of, collection const& given) {
  auto const found = of.in.single(given, of.at);
  if (!found) return std::nullopt;
  auto exact = number_of(*found);
  if (!exact) of.fail("A number is wanted here.");
  return exact;
}

collection absolute(call& of) {
  auto const found = of.in.single(of.input, of.at);
  if (!found) return {};
  if (auto const* held = found->as_measure()) {
    auto made = *held;
    if (made.value.value.is_negative()) made.value.value = -made.value.value;
    return one(measure_value(std::move(made)));
  }
  auto exact = number_in(of, of.input);
  if (!exact) return {};
  if (exact->value.is_negative()) exact->value = -exact->value;
  if (found->as<std::int32_t>() == nullptr) return one({*exact});
  auto const whole = to_integer(exact->value);
  return whole ? one({*whole}) : collection{};
}

template <rounding Mode>
collection to_whole(call& of) {
  auto const exact = number_in(of, of.input);
  auto const whole = exact ? to_integer(rounded(exact->value, 0, Mode)) : std::nullopt;
  return whole ? one({*whole}) : collection{};
}

collection round(call& of) {
  auto const exact = number_in(of, of.input);
  std::optional<std::int32_t> places = 0;
  if (of.count() == 1) places = of.in.integer(of.argument(0), of.at);
  if (!exact || !places) return {};
  if (*places < 0 || *places > static_cast<std::int32_t>(number_digits_max)) {
    of.fail("round() takes 0 to 40 digits.");
    return {};
  }
  auto const kept = static_cast<std::uint32_t>(*places);
  return one({number{rounded(exact->value, *places, rounding::half_up), kept}});
}

template <std::optional<number> (*Run)(number const&)>
collection approximately(call& of) {
  auto const exact = number_in(of, of.input);
  auto const result = exact ? Run(*exact) : std::nullopt;
  return result ? one({*result}) : collection{};
}

collection log(call& of) {
  auto const exact = number_in(of, of.input);
  auto const base = number_in(of, of.argument(0));
  auto const result = exact && base ? logarithm(*exact, *base) : std::nullopt;
  return result ? one({*result}) : collection{};
}

collection raise(call& of) {
  auto const found = of.in.single(of.input, of.at);
  auto const base = number_in(of, of.input);
  auto const exponent = number_in(of, of.argument(0));
  auto const result = base && exponent ? power(*base, *exponent) : std::nullopt;
  if (!result) return {};
  bool const whole = found->as<std::int32_t>() != nullptr && result->value.exponent() >= 0;
  auto const integer = whole ? to_integer(result->value) : std::nullopt;
  return integer ? one({*integer}) : one({*result});
}

/// Folds the input with + (N1 says aggregate; R5 and SDC name it).
collection sum(call& of) {
  ast adding;
  adding.op = operation::add;
  adding.name = "+";
  adding.offset = of.at.offset;
  collection total;
  for (auto const& each : of.input) {
    total = total.empty() ? one(system_value(each).value_or(each))
                          : arithmetic(of.in, adding, total, {each});
    if (total.empty() || of.in.failed()) return {};
  }
  return total;
}

collection average(call& of) {
  auto const total = sum(of);
  if (total.empty()) return {};
  ast dividing;
  dividing.op = operation::divide;
  dividing.name = "/";
  dividing.offset = of.at.offset;
  return arithmetic(of.in, dividing, total, one({static_cast<std::int32_t>(of.input.size())}));
}

template <bool Greatest>
collection extreme(call& of) {
  std::optional<value> best;
  for (auto const& each : of.input) {
    auto const next = system_value(each).value_or(each);
    if (!best) {
      best = next;
      continue;
    }
    auto const found = compare(next, *best);
    if (!found.comparable) of.fail("These values have no order.");
    if (!found.comparable || !found.order) return {};
    if (Greatest ? *found.order > 0 : *found.order < 0) best = next;
  }
  return best ? one(*best) : collection{};
}

constexpr function_row number_rows[] = {
    {"abs", 0, 0, absolute},
    {"ceiling", 0, 0, to_whole<rounding::ceiling>},
    {"floor", 0, 0, to_whole<rounding::floor>},
    {"truncate", 0, 0, to_whole<rounding::down>},
    {"round", 0, 1, round},
    {"sqrt", 0, 0, approximately<square_root>},
    {"ln", 0, 0, approximately<natural_logarithm>},
    {"exp", 0, 0, approximately<exponential>},
    {"log", 1, 1, log},
    {"power", 1, 1, raise},
    {"sum", 0, 0, sum},
    {"avg", 0, 0, average},
    {"min", 0, 0, extreme<false>},
    {"max", 0, 0, extreme<true>},
};

}  // namespace

std::span<function_row const> number_functions() {
  return number_rows;
}

}  // namespace intake::forms::fhirpath
