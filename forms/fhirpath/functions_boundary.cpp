#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"

#include <utility>

namespace intake::forms::fhirpath {
namespace {

constexpr std::int32_t decimal_places_default = 8;
constexpr std::int32_t decimal_places_max = 31;

std::int32_t default_digits(temporal const& of) {
  if (of.kind == temporal_kind::date) return 8;
  return of.kind == temporal_kind::time ? 9 : 17;
}

template <bool High>
collection number_boundary(number const& of, std::int32_t places) {
  if (places < 0 || places > decimal_places_max) return {};
  auto const digits = static_cast<std::uint32_t>(places);
  return one({High ? high_boundary(of, digits) : low_boundary(of, digits)});
}

template <bool High>
collection boundary_of(call& of) {
  auto const found = of.in.single(of.input, of.at);
  std::optional<std::int32_t> asked;
  if (of.count() == 1) asked = of.in.integer(of.argument(0), of.at);
  if (!found || of.in.failed()) return {};
  if (auto const* time = found->as<temporal>()) {
    auto const digits = asked.value_or(default_digits(*time));
    auto const result = High ? high_boundary(*time, digits) : low_boundary(*time, digits);
    return result ? one({*result}) : collection{};
  }
  auto const places = asked.value_or(decimal_places_default);
  if (auto const* whole = found->as<std::int32_t>()) {
    return number_boundary<High>(number::of(*whole), places);
  }
  if (auto const* exact = found->as<number>()) return number_boundary<High>(*exact, places);
  auto const* held = found->as_measure();
  if (held == nullptr) {
    of.fail("Numbers, quantities, dates and times have boundaries.");
    return {};
  }
  auto const amount = number_boundary<High>(held->value, places);
  if (amount.empty()) return {};
  return one(measure_value({*amount.front().template as<number>(), held->unit, held->calendar}));
}

collection precision(call& of) {
  auto const found = of.in.single(of.input, of.at);
  if (!found) return {};
  if (auto const* time = found->as<temporal>()) return one({precision_digits(*time)});
  if (found->as<std::int32_t>() != nullptr) return one({0});
  auto const* exact = found->as<number>();
  if (exact != nullptr) return one({static_cast<std::int32_t>(exact->places)});
  of.fail("Numbers, dates and times have a precision.");
  return {};
}

collection comparable(call& of) {
  auto const a = of.in.single(of.input, of.at);
  auto const b = of.in.single(of.argument(0), of.at);
  if (!a || !b) return {};
  auto const* x = a->as_measure();
  auto const* y = b->as_measure();
  if (x != nullptr && y != nullptr) return one({are_comparable(*x, *y)});
  of.fail("comparable() takes quantities.");
  return {};
}

/// now() as it was given; today() and timeOfDay() are its parts.
std::optional<temporal> moment(call& of, time_precision least) {
  auto const now = read_date_time_text(of.in.known().now);
  if (!now || now->precision < least) {
    of.fail("It is not known here what time it is.");
    return std::nullopt;
  }
  return now;
}

collection now(call& of) {
  auto const at = moment(of, time_precision::day);
  return at ? one({*at}) : collection{};
}

collection today(call& of) {
  auto const at = moment(of, time_precision::day);
  if (!at) return {};
  temporal date;
  date.year = at->year;
  date.month = at->month;
  date.day = at->day;
  return one({date});
}

collection time_of_day(call& of) {
  auto at = moment(of, time_precision::second);
  if (!at) return {};
  at->kind = temporal_kind::time;
  at->zoned = false;
  return one({*at});
}

constexpr function_row boundary_rows[] = {
    {"lowBoundary", 0, 1, boundary_of<false>},
    {"highBoundary", 0, 1, boundary_of<true>},
    {"precision", 0, 0, precision},
    {"comparable", 1, 1, comparable},
    {"now", 0, 0, now},
    {"today", 0, 0, today},
    {"timeOfDay", 0, 0, time_of_day},
};

}  // namespace

std::span<function_row const> boundary_functions() {
  return boundary_rows;
}

}  // namespace intake::forms::fhirpath
