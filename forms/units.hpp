#pragma once
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

/// A UCUM code that can be converted here.
bool is_known_unit(std::string_view ucum_code);

}  // namespace intake::forms
