#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

using converted = std::optional<value>;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

converted text_to_boolean(std::string const& given) {
  constexpr std::array<std::string_view, 6> yes{"true", "t", "yes", "y", "1", "1.0"};
  constexpr std::array<std::string_view, 6> no{"false", "f", "no", "n", "0", "0.0"};
  auto const text = lower(given);
  if (std::ranges::find(yes, text) != yes.end()) return value{true};
  if (std::ranges::find(no, text) != no.end()) return value{false};
  return std::nullopt;
}

converted to_boolean(value const& of) {
  if (of.as<bool>() != nullptr) return of;
  if (auto const* text = of.as<std::string>()) return text_to_boolean(*text);
  if (auto const* whole = of.as<std::int32_t>()) return text_to_boolean(std::to_string(*whole));
  if (auto const* exact = of.as<number>()) return text_to_boolean(exact->value.to_text());
  return std::nullopt;
}

std::string_view without_plus(std::string_view text) {
  return text.starts_with('+') ? text.substr(1) : text;
}

converted to_integer_value(value const& of) {
  if (of.as<std::int32_t>() != nullptr) return of;
  if (auto const* flag = of.as<bool>()) return value{*flag ? 1 : 0};
  auto const* text = of.as<std::string>();
  if (text == nullptr) return std::nullopt;
  // Superfluous zeros are no octal number: N1 takes digits.
  auto digits = without_plus(*text);
  bool const negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  auto const first =
      std::min(digits.find_first_not_of('0'), digits.size() - (digits.empty() ? 0 : 1));
  auto const whole = read_integer((negative ? "-" : "") + std::string{digits.substr(first)});
  return whole ? converted{value{*whole}} : std::nullopt;
}

converted to_decimal(value const& of) {
  if (of.as<number>() != nullptr) return of;
  if (auto const* whole = of.as<std::int32_t>()) return value{number::of(*whole)};
  if (auto const* flag = of.as<bool>()) return value{number{number::of(*flag ? 1 : 0).value, 1}};
  auto const* text = of.as<std::string>();
  auto const exact = text == nullptr ? std::nullopt : number::read(without_plus(*text));
  return exact ? converted{value{*exact}} : std::nullopt;
}

struct text_writer {
  std::optional<std::string> operator()(node const&) const { return std::nullopt; }
  std::optional<std::string> operator()(bool of) const { return of ? "true" : "false"; }
  std::optional<std::string> operator()(std::int32_t of) const { return std::to_string(of); }
  std::optional<std::string> operator()(number const& of) const { return of.to_text(); }
  std::optional<std::string> operator()(std::string const& of) const { return of; }
  std::optional<std::string> operator()(temporal const& of) const { return of.to_text(); }
  std::optional<std::string> operator()(std::shared_ptr<measure const> const& of) const {
    return of->to_text();
  }
  std::optional<std::string> operator()(type_info const& of) const {
    return fmt::format("{}.{}", of.space, of.name);
  }
};

converted to_text(value const& of) {
  auto text = std::visit(text_writer{}, of.data);
  return text ? converted{text_value(std::move(*text))} : std::nullopt;
}

converted to_quantity(value const& of) {
  if (of.as_measure() != nullptr) return of;
  if (auto const* text = of.as<std::string>()) {
    auto read = read_measure(*text);
    return read ? converted{measure_value(std::move(*read))} : std::nullopt;
  }
  auto const amount = to_decimal(of);
  if (!amount) return std::nullopt;
  return measure_value({*amount->as<number>(), "1", false});
}

converted to_date(value const& of) {
  if (auto const* text = of.as<std::string>()) {
    auto const time = read_date_time_text(*text);
    return time ? to_date(value{*time}) : std::nullopt;
  }
  auto const* time = of.as<temporal>();
  if (time == nullptr || time->kind == temporal_kind::time) return std::nullopt;
  temporal date;
  date.precision = std::min(time->precision, time_precision::day);
  date.year = time->year;
  date.month = time->month;
  date.day = time->day;
  return value{date};
}

converted to_date_time(value const& of) {
  if (auto const* text = of.as<std::string>()) {
    auto const read = read_date_time_text(*text);
    return read ? converted{value{*read}} : std::nullopt;
  }
  auto const* time = of.as<temporal>();
  if (time == nullptr || time->kind == temporal_kind::time) return std::nullopt;
  auto moved = *time;
  moved.kind = temporal_kind::date_time;
  return value{moved};
}

converted to_time(value const& of) {
  auto const* time = of.as<temporal>();
  if (time != nullptr && time->kind == temporal_kind::time) return of;
  auto const* text = of.as<std::string>();
  auto const read = text == nullptr ? std::nullopt : read_time_text(*text);
  return read ? converted{value{*read}} : std::nullopt;
}

template <converted (*Convert)(value const&)>
collection convert(call& of) {
  auto const given = of.in.single(of.input, of.at);
  auto result = given ? Convert(*given) : std::nullopt;
  return result ? collection{std::move(*result)} : collection{};
}

template <converted (*Convert)(value const&)>
collection converts(call& of) {
  auto const given = of.in.single(of.input, of.at);
  return given ? collection{value{Convert(*given).has_value()}} : collection{};
}

// A quantity may be asked for in a unit: only its own.
template <collection (*Run)(call&)>
collection in_unit(call& of) {
  auto result = Run(of);
  if (of.count() == 0 || result.empty()) return result;
  auto const unit = of.in.text(of.argument(0), of.at);
  auto const* held = result[0].as_measure();
  if (!unit || (held != nullptr && held->unit != *unit)) return {};
  return result;
}

constexpr function_row conversion_rows[] = {
    {"toBoolean", 0, 0, convert<to_boolean>},
    {"convertsToBoolean", 0, 0, converts<to_boolean>},
    {"toInteger", 0, 0, convert<to_integer_value>},
    {"convertsToInteger", 0, 0, converts<to_integer_value>},
    {"toDecimal", 0, 0, convert<to_decimal>},
    {"convertsToDecimal", 0, 0, converts<to_decimal>},
    {"toString", 0, 0, convert<to_text>},
    {"convertsToString", 0, 0, converts<to_text>},
    {"toQuantity", 0, 1, in_unit<convert<to_quantity>>},
    {"convertsToQuantity", 0, 1, converts<to_quantity>},
    {"toDate", 0, 0, convert<to_date>},
    {"convertsToDate", 0, 0, converts<to_date>},
    {"toDateTime", 0, 0, convert<to_date_time>},
    {"convertsToDateTime", 0, 0, converts<to_date_time>},
    {"toTime", 0, 0, convert<to_time>},
    {"convertsToTime", 0, 0, converts<to_time>},
};

}  // namespace

std::span<function_row const> conversion_functions() {
  return conversion_rows;
}

}  // namespace intake::forms::fhirpath
