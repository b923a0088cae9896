#pragma once
#include "service/application.hpp"
#include "service/eligibility/stored_checks.hpp"

#include <optional>
#include <string>

namespace intake::service::fhir {

/// A check as FHIR R4 CoverageEligibilityResponse. One that came as X12 is mapped as
/// forms/x12/README.md says; one by hand says verdict, dates and that a person wrote it down. Whom
/// and what we do not serve is named by a URN. Nothing where it does not open.
std::optional<std::string> eligibility_resource(application const&, db::eligibility_check const&);

}  // namespace intake::service::fhir
