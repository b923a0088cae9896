#pragma once
#include "service/http/fields.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// "March", "mar.", "marzo", "mas" as "3": the name of a month in English, Spanish or Haitian
/// Creole, or three letters and more of one that is meant without doubt. Anything else as it is.
std::string month_number(std::string_view typed);

/// The fields with the names of months (":month") as numbers.
std::vector<form_field> with_month_numbers(std::vector<form_field>);

}  // namespace intake::service::patients
