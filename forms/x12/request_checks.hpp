#pragma once
#include "forms/json_reader.hpp"
#include "forms/x12/values.hpp"

#include <string>
#include <string_view>

/// What a request may say that X12 would carry and nobody can mean.
namespace intake::forms::x12 {

/// How a value looks once it is written: what differs by its letters only is one.
std::string as_written(std::string_view);

bool is_blank(std::string_view);

/// Whether there is a letter or a digit; what is not ASCII is for the writer to judge.
bool has_letters(std::string_view);

/// Ten digits with the ISO 7812 check digit over 80840 and the others: 45 CFR 162.406.
bool is_npi(std::string_view);

/// Whoever is asked about has been born, and lives; `today` 0 where it is not known.
bool is_possible_birth(day_number, day_number today);

/// The member at "inquiries[0].subscriber.last", or the nearest around it that is there.
json_value const& member_at(json_value const& root, std::string_view place);

}  // namespace intake::forms::x12
