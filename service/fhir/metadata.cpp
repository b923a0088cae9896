#include "forms/json_writer.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/record_type.hpp"
#include "service/responses.hpp"
#include "service/version.hpp"

namespace intake::service::fhir {
namespace {

struct search_parameter {
  std::string_view name;
  std::string_view type;
};

struct served_resource {
  std::string_view type;
  std::span<std::string_view const> interactions;
  std::span<search_parameter const> search;
};

constexpr std::string_view read_and_search[] = {"read", "search-type"};
constexpr search_parameter questionnaire_search_parameters[] = {{"_id", "token"},
                                                                {"url", "uri"},
                                                                {"version", "token"},
                                                                {"title", "string"},
                                                                {"status", "token"}};
constexpr search_parameter plan_search_parameters[] = {
    {"_id", "token"}, {"name", "string"}, {"status", "token"}};
constexpr search_parameter coverage_search_parameters[] = {{"_id", "token"},
                                                           {"response", "reference"},
                                                           {"patient", "reference"},
                                                           {"beneficiary", "reference"}};
constexpr search_parameter eligibility_search_parameters[] = {{"coverage", "reference"}};
constexpr std::string_view response_interactions[] = {"create", "read", "vread", "search-type"};
constexpr std::string_view read_alone[] = {"read"};
constexpr served_resource served[] = {
    {"Questionnaire", read_and_search, questionnaire_search_parameters},
    {"InsurancePlan", read_and_search, plan_search_parameters},
    {"Coverage", read_and_search, coverage_search_parameters},
    {"CoverageEligibilityResponse", read_and_search, eligibility_search_parameters},
    {"Binary", read_alone, {}}};

void write_interactions(forms::json_writer& out, std::span<std::string_view const> codes) {
  out.key("interaction").begin_array();
  for (auto const code : codes) out.begin_object().member("code", code).end_object();
  out.end_array();
}

void write_parameter(forms::json_writer& out, std::string_view name, std::string_view type) {
  out.begin_object().member("name", name).member("type", type).end_object();
}

void write_operation(forms::json_writer& out, std::string_view name, std::string_view definition) {
  out.key("operation").begin_array().begin_object().member("name", name);
  out.member("definition", definition).end_object().end_array();
}

void write_resource(forms::json_writer& out, served_resource const& resource) {
  out.begin_object().member("type", resource.type);
  write_interactions(out, resource.interactions);
  if (!resource.search.empty()) {
    out.key("searchParam").begin_array();
    for (auto const& [name, type] : resource.search) write_parameter(out, name, type);
    out.end_array();
  }
  out.end_object();
}

/// What is made of a record.
void write_resource(forms::json_writer& out, record_type const& type) {
  bool const is_response = &type == &response_type();
  out.begin_object().member("type", type.name);
  write_interactions(out, is_response ? std::span<std::string_view const>(response_interactions)
                                      : read_and_search);
  out.member("versioning", "versioned");
  if (is_response) out.member("conditionalCreate", true);
  out.key("searchParam").begin_array();
  for (auto const& each : type.parameters) {
    if (!each.type.empty()) write_parameter(out, each.name, each.type);
  }
  out.end_array();
  if (is_response) {
    write_operation(out, "extract",
                    "http://hl7.org/fhir/uv/sdc/OperationDefinition/QuestionnaireResponse-extract");
  }
  out.end_object();
}

/// It is never kept as a resource: only asking is offered.
void write_eligibility_request(forms::json_writer& out) {
  out.begin_object().member("type", "CoverageEligibilityRequest");
  write_operation(out, "submit",
                  "http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit");
  out.end_object();
}

}  // namespace

// http://hl7.org/fhir/R4/capabilitystatement.html
response metadata(application& app, call const&) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object()
      .member("resourceType", "CapabilityStatement")
      .member("status", "active")
      .member("date", release_date)
      .member("kind", "instance")
      .member("fhirVersion", "4.0.1");
  out.key("software")
      .begin_object()
      .member("name", "Intake")
      .member("version", version)
      .end_object();
  out.key("implementation").begin_object();
  out.member("description", std::string_view(app.settings.clinic_name))
      .member("url", std::string_view(app.settings.public_url() + "/fhir"))
      .end_object();
  out.key("format").begin_array().string("application/fhir+json").end_array();
  out.key("rest").begin_array().begin_object().member("mode", "server");
  out.key("security")
      .begin_object()
      .member("cors", false)
      .member(
          "description",
          "Reading forms and plans is public. What patients told is read by clients whose scopes "
          "name the audiences of the answers: read:demographic, read:coverage, read:clinical, "
          "read:behavioural, read:consent. A response is sent with the token that came with its "
          "form "
          "(Intake-Form-Token, returned as Authorization: Bearer), with a client's Basic "
          "credentials, or with its "
          "certificate.");
  out.end_object().key("resource").begin_array();
  write_eligibility_request(out);
  for (auto const& resource : served) write_resource(out, resource);
  for (auto const* type : record_types()) write_resource(out, *type);
  out.end_array().end_object().end_array().end_object();
  return fhir_response(200, std::move(text));
}

}  // namespace intake::service::fhir
