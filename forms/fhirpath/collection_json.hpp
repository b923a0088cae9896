#pragma once
#include "forms/fhirpath/value.hpp"

#include <string>

namespace intake::forms::fhirpath {

/// A collection as one JSON array: elements as their source has them, System values as FHIR's JSON
/// would, a Quantity as {value, unit}.
std::string write_json(collection const&);

}  // namespace intake::forms::fhirpath
