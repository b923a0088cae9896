#include "forms/fhirpath/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

// Ten times such a number fits into 64 bits.
constexpr std::size_t short_divisor_digits = 18;
constexpr int approximate_digits = 15;
constexpr int exact_exponent_max = 1000;
// What is smaller is zero; it keeps every number short.
constexpr int places_max = 100;

/// Digits before the point, at least 0.
std::size_t whole_digits(decimal const& value) {
  auto const count = static_cast<long>(value.digits().size()) + value.exponent();
  return static_cast<std::size_t>(std::max(count, 0L));
}

std::optional<number> fitted(decimal value, std::uint32_t places) {
  if (whole_digits(value) > number_digits_max) return std::nullopt;
  value = rounded(value, places_max, rounding::half_up);
  if (value.digits().size() > number_digits_max) {
    // Zeros between the point and the first digit do not count.
    auto const top = static_cast<int>(value.digits().size()) + value.exponent();
    value = rounded(value, static_cast<int>(number_digits_max) - top, rounding::half_up);
  }
  auto const room = static_cast<std::uint32_t>(number_digits_max);
  return number{std::move(value), std::min(places, room)};
}

std::uint32_t places_of(decimal const& value) {
  return static_cast<std::uint32_t>(std::max(-value.exponent(), 0));
}

/// Digits of numerator ÷ denominator as whole numbers, truncated: schoolbook division.
std::string quotient_digits(std::string const& numerator, std::uint64_t denominator) {
  std::string quotient;
  quotient.reserve(numerator.size());
  std::uint64_t rest = 0;
  for (char const digit : numerator) {
    rest = rest * 10 + static_cast<std::uint64_t>(digit - '0');
    quotient += static_cast<char>('0' + rest / denominator);
    rest %= denominator;
  }
  return quotient;
}

/// The same for divisors that no machine word holds.
std::string quotient_digits(std::string const& numerator, decimal const& denominator) {
  std::string quotient;
  decimal rest;
  decimal const ten = decimal::of_digits(false, "1", 1);
  for (char const digit : numerator) {
    rest = rest * ten + decimal::of_digits(false, std::string(1, digit), 0);
    char count = '0';
    for (; rest >= denominator; ++count) rest = rest + -denominator;
    quotient += count;
  }
  return quotient;
}

/// |a| ÷ |b| with `digits` digits behind those of the divisor, truncated.
decimal divided(decimal const& a, decimal const& b, int exponent) {
  // a.digits × 10^shift ÷ b.digits has its last digit at `exponent`.
  auto const shift = a.exponent() - b.exponent() - exponent;
  auto numerator = a.digits();
  if (shift >= 0) {
    numerator.append(static_cast<std::size_t>(shift), '0');
  } else {
    auto const drop = static_cast<std::size_t>(-shift);
    numerator.erase(numerator.size() - std::min(drop, numerator.size()));
  }
  auto quotient = b.digits().size() <= short_divisor_digits
                      ? quotient_digits(numerator, std::stoull(b.digits()))
                      : quotient_digits(numerator, decimal::of_digits(false, b.digits(), 0));
  return decimal::of_digits(a.is_negative() != b.is_negative(), std::move(quotient), exponent);
}

long double approximate(decimal const& value) {
  return std::strtold(value.to_text().c_str(), nullptr);
}

std::optional<number> from_approximate(long double value) {
  if (!std::isfinite(value)) return std::nullopt;
  std::array<char, 64> text{};
  auto const [end, fault] =
      std::to_chars(text.data(), text.data() + text.size(), static_cast<double>(value),
                    std::chars_format::scientific, approximate_digits - 1);
  if (fault != std::errc{}) return std::nullopt;
  auto const exact = decimal::read({text.data(), static_cast<std::size_t>(end - text.data())});
  return exact ? fitted(*exact, places_of(*exact)) : std::nullopt;
}

std::optional<number> whole_power(number const& base, int exponent) {
  number result = number::of(1);
  number factor = base;
  for (int left = std::abs(exponent); left > 0; left /= 2) {
    if (left % 2 == 1) {
      auto const product = multiply(result, factor);
      if (!product) return std::nullopt;
      result = *product;
    }
    if (left == 1) break;
    auto const square = multiply(factor, factor);
    if (!square) return std::nullopt;
    factor = *square;
  }
  return exponent < 0 ? divide(number::of(1), result) : result;
}

number boundary(number const& of, std::uint32_t places, bool high) {
  auto const half = decimal::of_digits(!high, "5", -static_cast<int>(of.places) - 1);
  auto const mode = high ? rounding::ceiling : rounding::floor;
  return {rounded(of.value + half, static_cast<int>(places), mode), places};
}

}  // namespace

std::optional<number> number::read(std::string_view text) {
  auto exact = decimal::read(text);
  if (!exact) return std::nullopt;
  return fitted(std::move(*exact), decimal_places(text));
}

number number::of(std::int64_t whole) {
  auto digits = std::to_string(whole);
  bool const negative = whole < 0;
  if (negative) digits.erase(0, 1);
  return {decimal::of_digits(negative, std::move(digits), 0), 0};
}

std::string number::to_text() const {
  auto text = value.to_text();
  if (places == 0) return text;
  auto const point = text.find('.');
  auto const have = point == std::string::npos ? 0 : text.size() - point - 1;
  if (have >= places) return text;
  if (point == std::string::npos) text += '.';
  return text.append(places - have, '0');
}

decimal rounded(decimal const& value, int places, rounding mode) {
  if (value.exponent() >= -places) return value;
  auto const drop = static_cast<std::size_t>(-places - value.exponent());
  auto const& digits = value.digits();
  auto const kept = digits.size() > drop ? digits.substr(0, digits.size() - drop) : "";
  auto const cut = decimal::of_digits(value.is_negative(), kept, -places);
  bool up = false;
  if (mode == rounding::half_up) up = drop <= digits.size() && digits[digits.size() - drop] >= '5';
  if (mode == rounding::floor) up = value.is_negative();
  if (mode == rounding::ceiling) up = !value.is_negative();
  return up ? cut + decimal::of_digits(value.is_negative(), "1", -places) : cut;
}

std::optional<number> add(number const& a, number const& b) {
  return fitted(a.value + b.value, std::max(a.places, b.places));
}

std::optional<number> subtract(number const& a, number const& b) {
  return fitted(a.value + -b.value, std::max(a.places, b.places));
}

std::optional<number> multiply(number const& a, number const& b) {
  return fitted(a.value * b.value, a.places + b.places);
}

std::optional<number> divide(number const& a, number const& b) {
  if (b.value.is_zero()) return std::nullopt;
  if (a.value.is_zero()) return number{};
  auto const top = static_cast<int>(a.value.digits().size()) + a.value.exponent() -
                   static_cast<int>(b.value.digits().size()) - b.value.exponent();
  // One digit more than is kept, so that the last one is rounded.
  auto const exponent = top - static_cast<int>(number_digits_max) - 1;
  auto result = fitted(divided(a.value, b.value, exponent), 0);
  if (result) result->places = places_of(result->value);
  return result;
}

std::optional<decimal> divide_whole(decimal const& a, decimal const& b) {
  if (b.is_zero()) return std::nullopt;
  if (a.is_zero()) return decimal{};
  if (whole_digits(a) + whole_digits(b) > 4 * number_digits_max) return std::nullopt;
  return divided(a, b, 0);
}

std::optional<number> remainder(number const& a, number const& b) {
  auto const whole = divide_whole(a.value, b.value);
  if (!whole) return std::nullopt;
  return fitted(a.value + -(b.value * *whole), std::max(a.places, b.places));
}

std::optional<number> power(number const& base, number const& exponent) {
  auto const whole = to_integer(exponent.value);
  if (whole && std::abs(*whole) <= exact_exponent_max) {
    if (*whole < 0 && base.value.is_zero()) return std::nullopt;
    return whole_power(base, *whole);
  }
  return from_approximate(std::pow(approximate(base.value), approximate(exponent.value)));
}

std::optional<number> square_root(number const& of) {
  return from_approximate(std::sqrt(approximate(of.value)));
}

std::optional<number> natural_logarithm(number const& of) {
  return from_approximate(std::log(approximate(of.value)));
}

std::optional<number> logarithm(number const& of, number const& base) {
  return from_approximate(std::log(approximate(of.value)) / std::log(approximate(base.value)));
}

std::optional<number> exponential(number const& of) {
  return from_approximate(std::exp(approximate(of.value)));
}

std::optional<std::int32_t> to_integer(decimal const& value) {
  if (value.exponent() < 0 || whole_digits(value) > 10) return std::nullopt;
  return read_integer(value.to_text());
}

number low_boundary(number const& of, std::uint32_t places) {
  return boundary(of, places, false);
}

number high_boundary(number const& of, std::uint32_t places) {
  return boundary(of, places, true);
}

}  // namespace intake::forms::fhirpath
