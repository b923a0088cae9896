#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms::fhirpath {

enum class temporal_kind : std::uint8_t { date, date_time, time };
enum class time_precision : std::uint8_t { year, month, day, hour, minute, second, fraction };

/// A Date, DateTime or Time of FHIRPath, partial where its text was: what lies below the precision
/// is unknown, not zero.
struct temporal {
  temporal_kind kind = temporal_kind::date;
  time_precision precision = time_precision::day;
  bool zoned = false;
  /// Minutes east of UTC, where zoned.
  std::int16_t zone_minutes = 0;
  std::int16_t year = 1;
  std::int8_t month = 1;
  std::int8_t day = 1;
  std::int8_t hour = 0;
  std::int8_t minute = 0;
  std::int8_t second = 0;
  /// Digits of the fraction as written, at most 9.
  std::int8_t fraction_digits = 0;
  std::int32_t nanoseconds = 0;

  /// The text as FHIR writes it, without '@'.
  std::string to_text() const;
};

/// Reads texts such as 2015, 2015-02, 2015-02-04 (nothing for days that do not exist).
std::optional<temporal> read_date_text(std::string_view);
/// Reads a date as above, alone or followed by T and, to any precision, a time and a zone.
std::optional<temporal> read_date_time_text(std::string_view);
/// Reads 14, 14:34, 14:34:28, 14:34:28.123.
std::optional<temporal> read_time_text(std::string_view);

/// Orders two of a kind (a Date counts as a DateTime). Nothing where it depends on what one of them
/// leaves open: its missing precision, or its zone.
std::optional<std::strong_ordering> compare(temporal const&, temporal const&);
/// They may not be ordered at all: a Time and a Date.
bool are_comparable(temporal const&, temporal const&);

enum class time_unit : std::uint8_t { year, month, week, day, hour, minute, second, millisecond };

/// Adds whole units, negative to subtract. A day that its month has not becomes the last one; a
/// partial value takes the amount down to its own precision. Nothing beyond the years 1 to 9999.
std::optional<temporal> shifted(temporal const&, std::int64_t amount, time_unit);

/// The first or last moment it can mean, to a precision counted in digits (4 year, 6 month, 8 day,
/// 10 hour, 12 minute, 14 second, 17 millisecond; a time 2, 4, 6, 9). Nothing for other counts.
std::optional<temporal> low_boundary(temporal const&, int digits);
std::optional<temporal> high_boundary(temporal const&, int digits);
/// The digits it was given with, counted as above.
int precision_digits(temporal const&);

}  // namespace intake::forms::fhirpath
