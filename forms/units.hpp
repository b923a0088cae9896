#pragma once
#include "forms/decimal.hpp"
#include "forms/values.hpp"

#include <compare>
#include <optional>
#include <string_view>

namespace intake::forms {

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

/// Orders two quantities: in the same unit, or in two UCUM units of one kind (kg and [lb_av], Cel
/// and [degF]); exact. Nothing where their units cannot be compared. Comparators are not looked at.
std::optional<std::strong_ordering> compare_quantities(quantity const&, quantity const&);

/// The same unit: code and system, or for uncoded quantities the unit's text.
bool same_unit(quantity const&, quantity const&);

/// How a unit measures: a value in the base unit of its kind is
/// (value + offset) × numerator ÷ denominator.
struct unit_scale {
  char kind = '1';
  decimal numerator;
  decimal denominator;
  decimal offset;
};
/// Nothing for a UCUM code that cannot be converted here.
std::optional<unit_scale> scale_of(std::string_view ucum_code);

/// A UCUM code that can be converted here.
bool is_known_unit(std::string_view ucum_code);

}  // namespace intake::forms
