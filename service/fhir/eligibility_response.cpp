#include "db/eligibility.hpp"
#include "service/fhir/client_reader.hpp"
#include "service/fhir/coverage_reference.hpp"
#include "service/fhir/eligibility_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/responses.hpp"

namespace intake::service::fhir {
namespace {

db::audit_entry entry_for(call const& c, client_reader const& who, certs::uuid submission) {
  auto entry = entry_of_client(c, who, "eligibility-read");
  entry.subject = submission;
  return entry;
}

}  // namespace

response eligibility_search(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  constexpr std::string_view known[] = {"coverage"};
  auto search =
      read_single_search(c, known, "Say which coverage, and only that: coverage=Coverage/ID.");
  if (auto* refusal = std::get_if<response>(&search)) return std::move(*refusal);
  auto const& [parameter, page] = std::get<single_search>(search);
  auto const asked = read_coverage_reference(parameter.value);
  if (!asked) return outcome_response(400, "coverage is Coverage/ID as Coverage has it.");
  app.writer.append(entry_for(c, std::get<client_reader>(who), asked->submission));
  std::vector<search_match> found;
  for (auto const& each : db::list_checks(app.desk, asked->submission, asked->number)) {
    auto json = eligibility_resource(app, each.head);
    if (json) found.push_back({certs::to_string(each.head.id), std::move(*json)});
  }
  return search_set(app, c, "CoverageEligibilityResponse", found, page);
}

response eligibility_read(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const id = certs::parse_uuid(c.path["id"]);
  auto const check = id ? db::find_check(app.desk, *id) : std::nullopt;
  if (!check) {
    return outcome_response(404, "There is no CoverageEligibilityResponse with that id.");
  }
  app.writer.append(entry_for(c, std::get<client_reader>(who), check->submission));
  auto json = eligibility_resource(app, *check);
  if (!json) return outcome_response(500, "This check can't be opened.");
  return fhir_response(200, std::move(*json));
}

}  // namespace intake::service::fhir
