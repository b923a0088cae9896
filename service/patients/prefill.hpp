#pragma once
#include "service/expected_person.hpp"
#include "service/patients/visit.hpp"

namespace intake::service::patients {

/// Writes what the clinic knows of a patient into the forms of the visit that ask for it, as
/// prefilled answers; the patient reads and may change them.
void fill_in_known(application const&, visit&, expected_person const&, certs::utc_time now);

}  // namespace intake::service::patients
