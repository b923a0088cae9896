#pragma once
#include "forms/decimal.hpp"
#include "forms/values.hpp"

#include <compare>
#include <optional>
#include <string_view>

namespace intake::forms {

constexpr std::string_view ucum_system = "http://unitsofmeasure.org";

/// Orders the numbers of two quantities: in the same unit, or in two UCUM units of one kind (kg and
/// [lb_av], Cel and [degF]); exact. Nothing where their units cannot be compared. Comparators are
/// not looked at.
std::optional<std::strong_ordering> compare_quantities(quantity const&, quantity const&);

/// Which orders two values may have: several where one of them says less than a number.
struct possible_orders {
  bool less = false;
  bool equal = false;
  bool greater = false;
};

/// The orders that two quantities may have as far as their comparators tell: "<5" is less than 5
/// and may be anything beside 3. Nothing where their units cannot be compared.
std::optional<possible_orders> possible_orders_of(quantity const&, quantity const&);

/// A unit was given, coded or as text.
bool has_unit(quantity const&);

/// The same unit: code and system, or the unit's text where one of them is not coded.
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
