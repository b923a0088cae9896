#pragma once
#include "forms/from_fields.hpp"
#include "tests/journeys/clinic.hpp"

#include <string>
#include <vector>

namespace intake::tests {

/// The answers that a stored submission gives to a part of a form, as the fields of its page.
std::vector<forms::named_value> stored_fields(clinic&, std::string const& submission,
                                              std::string const& form, std::string const& part);

}  // namespace intake::tests
