#include "service/fhir/eligibility_resource.hpp"

#include "forms/json_writer.hpp"
#include "forms/x12/coverage_response.hpp"
#include "forms/x12/reading.hpp"

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

namespace x12 = forms::x12;
using eligibility::check_result;
using eligibility::verdict;

constexpr std::string_view no_insurer = "urn:intake:insurer:not-known";

/// What the resource refers to.
struct references {
  std::string id;
  std::string patient;
  std::string coverage;
  std::string request;
  std::string created;
};

references references_of(application const& app, db::eligibility_check const& check) {
  auto const submission = certs::to_string(check.submission);
  return {.id = certs::to_string(check.id),
          .patient = "urn:uuid:" + submission,
          .coverage = fmt::format("Coverage/{}-{}", submission, check.coverage),
          .request = "urn:uuid:" + certs::to_string(check.inquiry.value_or(check.id)),
          .created = app.clock.fhir_date_time(check.as_of)};
}

std::optional<std::string> from_answer(application const& app, db::eligibility_check const& check,
                                       references const& refers, check_result const& result) {
  auto const text =
      eligibility::open_evidence(app.desk, app.keks, check, eligibility::evidence::answer);
  if (!text) return std::nullopt;
  auto const read = x12::read_tolerant(*text);
  auto const* const said =
      read.sets.empty() ? nullptr : std::get_if<x12::response>(&read.sets.front().content);
  if (said == nullptr || said->answers.empty()) return std::nullopt;
  return x12::to_coverage_response(*said, said->answers.back(),
                                   {.id = refers.id,
                                    .patient = refers.patient,
                                    .coverage = refers.coverage,
                                    .insurer = no_insurer,
                                    .request = refers.request,
                                    .created = refers.created,
                                    .asked = x12::read_day(check.service_date),
                                    .simulated = result.simulated});
}

void write_reference(forms::json_writer& out, std::string_view name, std::string_view to) {
  out.key(name).begin_object().member("reference", to).end_object();
}

void write_period(forms::json_writer& out, check_result const& result) {
  if (result.begins.empty() && result.ends.empty()) return;
  out.key("benefitPeriod").begin_object();
  if (!result.begins.empty()) out.member("start", std::string_view(result.begins));
  if (!result.ends.empty()) out.member("end", std::string_view(result.ends));
  out.end_object();
}

std::string by_hand(db::eligibility_check const& check, check_result const& result,
                    references const& refers) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "CoverageEligibilityResponse");
  out.member("id", std::string_view(refers.id));
  if (result.simulated) x12::write_test_tag(out);
  out.member("status", "active");
  out.key("purpose").begin_array().string("validation").end_array();
  write_reference(out, "patient", refers.patient);
  out.member("servicedDate", std::string_view(check.service_date));
  out.member("created", std::string_view(refers.created));
  write_reference(out, "request", refers.request);
  bool const failed = result.status == verdict::could_not_check;
  out.member("outcome", failed ? "error" : "complete");
  out.member("disposition",
             std::string_view(fmt::format(
                 "{}: {}", result.somebody_else ? "the answer names somebody else" : "by hand",
                 eligibility::name_of(result.status))));
  out.key("insurer").begin_object();
  out.member("display", std::string_view(result.asked.payer)).end_object();
  out.key("insurance").begin_array().begin_object();
  write_reference(out, "coverage", refers.coverage);
  if (result.status == verdict::active || result.status == verdict::inactive) {
    out.member("inforce", result.status == verdict::active);
  }
  write_period(out, result);
  out.end_object().end_array().end_object();
  return text;
}

}  // namespace

std::optional<std::string> eligibility_resource(application const& app,
                                                db::eligibility_check const& check) {
  auto const refers = references_of(app, check);
  auto const result = eligibility::open_result(app.desk, app.keks, check);
  if (!result) return std::nullopt;
  // What names somebody else is not this patient's: only that it is unclear goes out.
  if (check.how != db::check_way::by_hand && !result->somebody_else) {
    return from_answer(app, check, refers, *result);
  }
  return by_hand(check, *result, refers);
}

}  // namespace intake::service::fhir
