#pragma once
#include "forms/json_reader.hpp"

#include <string_view>

namespace intake::forms::fhirpath {

/// Names of R4 types that expressions may ask for; each in static storage.
bool is_fhir_type(std::string_view name);
/// Boolean, Integer, … of the namespace System.
bool is_system_type(std::string_view name);
/// A type of data that has a value of its own: string, code, dateTime, …
bool is_primitive(std::string_view fhir_type);
/// The type itself, or one that it specialises: code is a string, Patient a DomainResource.
bool is_kind_of(std::string_view fhir_type, std::string_view ancestor);

/// A member of a JSON object as an element: valueQuantity is `value` of the type Quantity.
struct element_name {
  std::string_view name;
  /// Empty where the name does not tell.
  std::string_view type;
};
element_name element_of_member(std::string_view member);
/// The name of an element that has a type in its members' names: value, deceased, effective, …
bool is_choice(std::string_view name);

/// The type of an element that is no choice, from its name and the form of its value. FHIR's own
/// tables are much larger; this tells what comparisons, conversions and `is` need.
std::string_view type_of_element(std::string_view name, json_value const& value);

}  // namespace intake::forms::fhirpath
