#include "forms/insurance/calendar.hpp"
#include "forms/json_reader.hpp"
#include "service/audit.hpp"
#include "service/eligibility/asking.hpp"
#include "service/eligibility/asking_rules.hpp"
#include "service/eligibility/questions.hpp"
#include "service/fhir/client_reader.hpp"
#include "service/fhir/coverage_reference.hpp"
#include "service/fhir/eligibility_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/responses.hpp"

#include <algorithm>

// http://hl7.org/fhir/R4/coverageeligibilityrequest-operation-submit.html
namespace intake::service::fhir {
namespace {

using forms::json_kind;
using forms::json_value;

/// When looking for the answer is worth while.
constexpr std::chrono::seconds look_again{20};

struct asked_for {
  coverage_reference coverage;
  /// Empty: the visit's.
  std::string service_date{};
};

/// The request itself, or the first parameter's of a Parameters.
json_value const* request_in(json_value const& root) {
  if (root.text_of("resourceType") == "CoverageEligibilityRequest") return &root;
  auto const* const parameters = root.find("parameter", json_kind::array);
  if (root.text_of("resourceType") != "Parameters" || parameters == nullptr) return nullptr;
  for (auto const& each : *parameters) {
    auto const* const resource = each.find("resource", json_kind::object);
    if (each.text_of("name") != "resource" || resource == nullptr) continue;
    bool const fits = resource->text_of("resourceType") == "CoverageEligibilityRequest";
    return fits ? resource : nullptr;
  }
  return nullptr;
}

std::variant<asked_for, response> read_request(call const& c) {
  auto const document = forms::read_json(c.asked.body);
  if (!document) return outcome_response(400, "The body is not JSON as FHIR has it.");
  auto const* const asked = request_in(document->root());
  if (asked == nullptr) {
    return outcome_response(
        422,
        "Send a CoverageEligibilityRequest, or Parameters with one in the parameter resource.");
  }
  if (asked->text_of("status") != "active") {
    return outcome_response(422, "CoverageEligibilityRequest.status must be active.");
  }
  auto const* const plans = asked->find("insurance", json_kind::array);
  if (plans == nullptr || plans->children().size() != 1) {
    return outcome_response(422, "CoverageEligibilityRequest.insurance must name one coverage.");
  }
  auto const* const to = plans->children().front().find("coverage", json_kind::object);
  auto const coverage =
      to == nullptr ? std::nullopt : read_coverage_reference(to->text_of("reference"));
  if (!coverage) {
    return outcome_response(
        422,
        "CoverageEligibilityRequest.insurance.coverage must be Coverage/ID as Coverage has it.");
  }
  asked_for read{.coverage = *coverage,
                 .service_date = std::string(asked->text_of("servicedDate"))};
  if (!read.service_date.empty() && !forms::insurance::read_iso_date(read.service_date)) {
    return outcome_response(422, "CoverageEligibilityRequest.servicedDate must be a whole date.");
  }
  return read;
}

/// The check that a payer would only repeat.
std::optional<std::string> good_check(application& app, eligibility::work_row const& row) {
  auto const stands = row.stands();
  bool const settled =
      stands == eligibility::standing::active || stands == eligibility::standing::inactive;
  bool const for_day =
      row.latest && row.latest->head.service_date == forms::insurance::write_date(row.day);
  if (!settled || !for_day) return std::nullopt;
  return eligibility_resource(app, row.latest->head);
}

response queued(application const& app, asked_for const& asked) {
  auto answer = fhir_response(
      202, outcome_of("information", "informational",
                      "The payer is being asked. Search CoverageEligibilityResponse by coverage."));
  answer.fields.push_back({"Content-Location", app.settings.public_url() +
                                                   "/fhir/CoverageEligibilityResponse?coverage=" +
                                                   to_text(asked.coverage)});
  answer.fields.push_back({"Retry-After", std::to_string(look_again.count())});
  return answer;
}

std::optional<eligibility::work_row> find_row(application& app, asked_for const& asked,
                                              certs::utc_time now) {
  certs::uuid const only[] = {asked.coverage.submission};
  auto work = eligibility::coverages_of(app, only, now);
  auto const found = std::ranges::find_if(work.rows, [&](eligibility::work_row const& each) {
    return each.told.number == asked.coverage.number;
  });
  if (found == work.rows.end()) return std::nullopt;
  if (auto const day = forms::insurance::read_iso_date(asked.service_date)) found->day = *day;
  return std::move(*found);
}

}  // namespace

response eligibility_submit(application& app, call const& c) {
  auto who = identify_asker(app, c);
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  if (!eligibility::is_connected(app.settings)) {
    return outcome_response(409, "This clinic has no line to a clearinghouse.");
  }
  auto read = read_request(c);
  if (auto* refusal = std::get_if<response>(&read)) return std::move(*refusal);
  auto const& asked = std::get<asked_for>(read);
  auto entry = entry_of_client(c, std::get<client_reader>(who), "eligibility-wanted");
  entry.subject = asked.coverage.submission;
  app.writer.append(std::move(entry));
  auto const row = find_row(app, asked, c.asked.received);
  if (!row) return outcome_response(404, "There is no Coverage with that id.");
  if (auto const why = why_not_sent(row->told); !why.empty()) {
    return outcome_response(422, "The payer can't be asked: " + why + ".");
  }
  if (auto const why = eligibility::why_not_even_on_demand(*row, c.asked.received); !why.empty()) {
    return outcome_response(409, why);
  }
  if (auto check = good_check(app, *row)) return fhir_response(200, std::move(*check));
  eligibility::queue(app.desk,
                     {.submission = row->submission,
                      .coverage = row->told.number,
                      .why = db::request_reason::client,
                      .service_date = asked.service_date},
                     c.asked.received);
  return queued(app, asked);
}

}  // namespace intake::service::fhir
