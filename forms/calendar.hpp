#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace intake::forms {

/// A calendar date or time as FHIR writes it (http://hl7.org/fhir/R4/datatypes.html#primitive),
/// read into the span of instants it may mean: 1965-06 is the whole month.
struct time_span {
  /// Microseconds of the proleptic Gregorian calendar since 1970-01-01, in UTC where `zoned`, else
  /// on the clock of wherever it was written.
  std::int64_t first_us = 0;
  /// The last microsecond that is meant.
  std::int64_t last_us = 0;
  bool zoned = false;
  bool operator==(time_span const&) const = default;
};

/// Why a date or time could not be read.
enum class calendar_fault : std::uint8_t {
  none,
  /// Not the lexical form at all.
  malformed,
  /// The form is right, but there is no such day: 2023-02-30.
  impossible,
  /// A time without seconds or a time without a zone, where FHIR wants both.
  incomplete
};

struct calendar_reading {
  time_span span;
  calendar_fault fault = calendar_fault::none;
};

/// YYYY, YYYY-MM or YYYY-MM-DD; years 0001 to 9999.
calendar_reading read_date(std::string_view text);
/// A date as above, or YYYY-MM-DDThh:mm:ss[.f]Z or ±hh:mm (zones to 14 hours; second 60 only as
/// FHIR's leap second, counted as 59).
calendar_reading read_date_time(std::string_view text);
/// hh:mm:ss[.f]; the span counts from midnight.
calendar_reading read_time(std::string_view text);

/// Orders two spans; equal where they overlap, so that a partial date is never wrongly outside a
/// limit. A span without zone is taken as the other's clock to within the 14 hours a zone may shift
/// it.
std::strong_ordering compare_overlapping(time_span const&, time_span const&);

/// Orders two spans where that is certain: the same span, or one wholly before the other. Nothing
/// where they merely overlap, as FHIRPath has it: 2020 may be 2020-05-17 or not. Seconds and their
/// fractions are one precision.
std::optional<std::strong_ordering> compare_certain(time_span const&, time_span const&);

/// Days since 1970-01-01 of a full date; nothing for a partial or malformed one.
std::optional<std::int64_t> days_of(std::string_view full_date);

}  // namespace intake::forms
