#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What elements say, exactly: whole cents, decimal text, days. What can't be read is nothing,
/// never 0.
namespace intake::forms::x12 {

bool is_digits(std::string_view) noexcept;

/// X12.6 type R: digits with at most one leading minus and one decimal point.
bool is_number(std::string_view) noexcept;

/// An amount of type R in cents; nothing where it is no number, has a fraction of a cent, or is
/// beyond 10^15 cents.
std::optional<std::int64_t> read_cents(std::string_view) noexcept;

/// EB08 is a fraction: ".4" and "0.40" are "40", "0.125" is "12.5". Nothing below 0 or above 1.
std::optional<std::string> percent_of(std::string_view fraction);

/// A day as the number CCYYMMDD; 0 for what is no day.
using day_number = std::int32_t;

/// CCYYMMDD, or ISO 8601's CCYY-MM-DD.
day_number read_day(std::string_view) noexcept;

/// YYMMDD, of any century.
bool is_short_day(std::string_view) noexcept;

/// X12.6 type TM: HHMM, HHMMSS, and tenths or hundredths of a second after that.
bool is_time(std::string_view) noexcept;

/// "2026-11-28"; empty for 0.
std::string iso_day(day_number);

}  // namespace intake::forms::x12
