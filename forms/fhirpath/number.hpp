#pragma once
#include "forms/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms::fhirpath {

/// A Decimal of FHIRPath: an exact value and how many digits after the point it was given with, so
/// that 1.50 stays 1.50.
struct number {
  decimal value;
  std::uint32_t places = 0;

  static std::optional<number> read(std::string_view text);
  static number of(std::int64_t);
  std::string to_text() const;
};

/// Results are exact up to this many digits and rounded (half away from zero) beyond. A number of
/// more digits before the point is an overflow, which FHIRPath answers with nothing.
constexpr std::size_t number_digits_max = 40;

/// How digits that are cut off count.
enum class rounding : std::uint8_t { half_up, down, floor, ceiling };

/// The value with at most `places` digits after the point; negative places round before it.
decimal rounded(decimal const&, int places, rounding);

std::optional<number> add(number const&, number const&);
std::optional<number> subtract(number const&, number const&);
std::optional<number> multiply(number const&, number const&);
/// Nothing for a divisor of zero.
std::optional<number> divide(number const&, number const&);
/// Truncated towards zero; nothing for a divisor of zero.
std::optional<decimal> divide_whole(decimal const&, decimal const&);
/// a - b × (a div b).
std::optional<number> remainder(number const&, number const&);
/// Exact for whole exponents up to 1,000; others are right to 15 digits.
std::optional<number> power(number const&, number const&);

/// These are right to 15 digits: their results are no decimals. Nothing outside their domain.
std::optional<number> square_root(number const&);
std::optional<number> natural_logarithm(number const&);
std::optional<number> logarithm(number const&, number const& base);
std::optional<number> exponential(number const&);

/// The value where it is a whole number of 32 bits: System.Integer.
std::optional<std::int32_t> to_integer(decimal const&);

/// Half a unit of the last place given below or above the value, cut to `places` digits.
number low_boundary(number const&, std::uint32_t places);
number high_boundary(number const&, std::uint32_t places);

}  // namespace intake::forms::fhirpath
