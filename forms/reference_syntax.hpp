#pragma once
#include "forms/values.hpp"

#include <string_view>

namespace intake::forms {

/// http://hl7.org/fhir/R4/references.html#literal: absolute, relative Type/id, "#contained" or
/// urn:.
bool is_reference(std::string_view target);

/// "Patient" of "Patient/1", "http://host/fhir/Patient/1/_history/2" and of an explicit type; empty
/// where it is not told.
std::string_view resource_type_of(reference const&);

}  // namespace intake::forms
