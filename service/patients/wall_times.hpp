#pragma once
#include "forms/from_fields.hpp"
#include "service/http/fields.hpp"
#include "service/texts/clinic_time.hpp"

#include <vector>

namespace intake::service::patients {

/// The fields with the offset (":zone") of every date with a time: what a page asks for is a time
/// on the clinic's wall, and FHIR wants to know which that was on that day. A date or time that
/// can't be read is left to whoever reads the answers.
std::vector<form_field> with_zones(clinic_time const&, std::vector<form_field>);

/// What a page shows of answers: every date with a time and a zone as the same instant on the
/// clinic's wall, so that what is sent back is still that instant.
std::vector<forms::named_value> on_the_wall(clinic_time const&, std::vector<forms::named_value>);

}  // namespace intake::service::patients
