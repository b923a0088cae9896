#pragma once
#include "forms/fhirpath/number.hpp"
#include "forms/fhirpath/temporal.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms::fhirpath {

/// A Quantity of FHIRPath.
struct measure {
  number value;
  /// A UCUM code; "1" where there is no unit.
  std::string unit = "1";
  /// The unit is a word for a span of the calendar (4 days), not a UCUM code.
  bool calendar = false;

  /// "4 days", "10 'mg'".
  std::string to_text() const;
};

/// "days" and the like; nothing for other words.
std::optional<time_unit> calendar_unit(std::string_view word);
/// Reads 10, 10.5 'mg' or 4 days.
std::optional<measure> read_measure(std::string_view text);

/// What an amount adds to a date: a calendar word, also in quotes, or UCUM s, ms, min, h, d, wk.
/// UCUM's a and mo are averages and add nothing.
std::optional<time_unit> shift_unit(measure const&);

/// Units that measure the same thing, by the table of forms/units.
bool are_comparable(measure const&, measure const&);
/// Nothing where they cannot be compared; a calendar year or month is not UCUM's.
std::optional<std::strong_ordering> compare(measure const&, measure const&);
/// The same to the places of the less precise one, in its unit; calendar spans count as UCUM's.
bool are_equivalent(measure const&, measure const&);

/// Nothing where the unit of the result is not known here.
std::optional<measure> add(measure const&, measure const&);
std::optional<measure> multiply(measure const&, measure const&);
std::optional<measure> divide(measure const&, measure const&);

}  // namespace intake::forms::fhirpath
