#pragma once
#include "service/fhir/client_record.hpp"
#include "service/fhir/extracted_items.hpp"

#include <string>

namespace intake::service::fhir {

/// The patient as these forms tell of them, as FHIR Patient
/// (http://hl7.org/fhir/R4/patient.html); its id is the submission's. Two packets of one person are
/// two Patients: who is the same person is for the clinic's own record to say. Empty where the
/// forms name nobody.
std::string write_patient(client_record const&, packet_view const&);

}  // namespace intake::service::fhir
