#pragma once
#include "service/record.hpp"
#include "service/rules.hpp"

#include <string>
#include <vector>

namespace intake::service::fhir {

/// One insurance of a record as FHIR Coverage (http://hl7.org/fhir/R4/coverage.html).
struct coverage_resource {
  /// SUBMISSION-N, N counting from 1 in the patient's order.
  std::string id;
  /// Id of the response that tells of it.
  std::string response;
  std::string json;
};

/// What the patient told, as typed: nothing here says that a payer agrees. Who pays alone has none.
std::vector<coverage_resource> coverages_of(db::submission_head const&, opened_record const&,
                                            named_rule_set const&);

}  // namespace intake::service::fhir
