#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms {

/// An exact decimal number of any length (http://hl7.org/fhir/R4/datatypes.html#decimal: precision
/// is part of the value, binary fractions are not). Nothing here rounds.
class decimal {
 public:
  decimal() = default;
  /// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?, exponents to ±400; nothing for any other text.
  static std::optional<decimal> read(std::string_view text);
  /// digits × 10^exponent; only ASCII digits, empty is zero.
  static decimal of_digits(bool negative, std::string digits, int exponent);

  friend decimal operator+(decimal const&, decimal const&);
  friend decimal operator*(decimal const&, decimal const&);
  decimal operator-() const;
  /// By value: 1.50 equals 1.5.
  friend std::strong_ordering operator<=>(decimal const&, decimal const&);
  friend bool operator==(decimal const& a, decimal const& b) { return (a <=> b) == 0; }

  bool is_zero() const { return digits_.empty(); }
  bool is_negative() const { return negative_; }
  /// The digits of the value without zeros at either end; empty for zero.
  std::string const& digits() const { return digits_; }
  /// value = digits × 10^exponent.
  int exponent() const { return exponent_; }
  /// Plain notation without exponent or superfluous zeros.
  std::string to_text() const;

 private:
  void trim();
  bool negative_ = false;
  // value = digits × 10^exponent; no zeros at either end, empty is zero.
  std::string digits_;
  int exponent_ = 0;
};

/// The text is what `decimal::read` reads; spares making the number.
bool is_decimal(std::string_view text);

/// Digits after the point as written; with an exponent, those of the number it stands for (at least
/// 0).
std::uint32_t decimal_places(std::string_view decimal_text);

/// Reads FHIR's integer: -?(0|[1-9][0-9]*) within 32 bits; nothing else.
std::optional<std::int32_t> read_integer(std::string_view text);

}  // namespace intake::forms
