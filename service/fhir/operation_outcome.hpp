#pragma once
#include "forms/problem.hpp"
#include "service/http/response.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// Problems of one response. `place` is where it stands in what was sent: "QuestionnaireResponse",
/// or "Bundle.entry[2].resource.ofType(QuestionnaireResponse)".
struct located_problems {
  std::string place;
  std::vector<forms::problem> problems;
};

/// Every problem as one issue (http://hl7.org/fhir/R4/operationoutcome.html): severity, FHIR type,
/// our stable code, the sentence and the FHIRPath of the place.
std::string outcome_of(std::span<located_problems const>, std::string_view language = "en");

/// One issue without a place. `issue_type` is a code of
/// http://hl7.org/fhir/R4/valueset-issue-type.html.
std::string outcome_of(std::string_view severity, std::string_view issue_type,
                       std::string_view sentence);

/// The FHIR issue type that fits an HTTP status.
std::string_view issue_type_of(int status);

/// An error as OperationOutcome, with Retry-After where the client may try again.
response outcome_response(int status, std::string_view sentence,
                          std::chrono::seconds retry = std::chrono::seconds(5));

}  // namespace intake::service
