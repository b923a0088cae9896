#pragma once
#include "forms/units.hpp"
#include "forms/values.hpp"

#include <compare>
#include <optional>

namespace intake::forms {

/// Orders two values of kinds that have an order: numbers (exactly), dates and dateTimes (equal
/// where they overlap), times, texts (by code point), quantities of comparable units, by their
/// numbers alone. Nothing for all others.
std::optional<std::strong_ordering> compare_values(answer_value const&, answer_value const&);

/// The same for conditions: the orders that two values may have, where a quantity's comparator
/// leaves several open. Nothing also for dates and times that merely overlap.
std::optional<possible_orders> possible_orders_of(answer_value const&, answer_value const&);

/// An answer equals the one a condition names: a Coding by code and, where the condition gives one,
/// system; numbers and dates by value, quantities with the same comparator; the rest as they are.
bool equals_wanted(answer_value const& given, answer_value const& wanted);

/// Two answers are the same choice: Codings by system and code, references by target (else
/// identifier), whatever their displays say.
bool same_choice(answer_value const&, answer_value const&);

}  // namespace intake::forms
