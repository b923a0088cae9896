#pragma once
#include "forms/json_writer.hpp"
#include "forms/x12/benefits.hpp"

#include <string>
#include <string_view>

/// An answer as a FHIR R4 CoverageEligibilityResponse; the folder's README has the mapping.
namespace intake::forms::x12 {

/// What only the caller knows. References as "Patient/…"; all of them required.
struct coverage_response_head {
  std::string_view id;
  std::string_view patient;
  std::string_view coverage;
  std::string_view insurer;
  std::string_view request;
  /// FHIR dateTime of the payer's answer.
  std::string_view created;
  /// The day that was asked about; 0: none.
  day_number asked = 0;
  /// No payer said it: the resource is marked as test data (HTEST).
  bool simulated = false;
};

/// `meta` of a resource that a simulator's answer was made into:
/// http://terminology.hl7.org/CodeSystem/v3-ActReason, HTEST.
void write_test_tag(json_writer&);

/// One resource, no white space. What was not said is left out: no amount is ever 0 for unknown,
/// and `inforce` is there only for a verdict of active or inactive.
std::string to_coverage_response(response const&, answer const&, coverage_response_head const&);

}  // namespace intake::forms::x12
