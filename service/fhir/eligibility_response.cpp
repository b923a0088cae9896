#include "db/eligibility.hpp"
#include "service/fhir/client_reader.hpp"
#include "service/fhir/eligibility_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_question.hpp"
#include "service/fhir/search_set.hpp"
#include "service/responses.hpp"

#include <charconv>

namespace intake::service::fhir {
namespace {

constexpr std::string_view coverage_type = "Coverage/";
constexpr std::size_t uuid_characters = 36;

struct named_coverage {
  certs::uuid submission;
  std::int16_t number = 0;
};

/// `coverage=Coverage/UUID-N` or `coverage=UUID-N`.
std::optional<named_coverage> coverage_in(std::string_view value) {
  if (value.starts_with(coverage_type)) value.remove_prefix(coverage_type.size());
  auto const id = certs::parse_uuid(value.substr(0, uuid_characters));
  if (!id || value.size() < uuid_characters + 2 || value[uuid_characters] != '-') {
    return std::nullopt;
  }
  auto const text = value.substr(uuid_characters + 1);
  named_coverage named{*id, 0};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), named.number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return named;
}

db::audit_entry entry_for(call const& c, client_reader const& who, certs::uuid submission) {
  auto entry = entry_of_client(c, who, "eligibility-read");
  entry.subject = submission;
  return entry;
}

}  // namespace

response eligibility_search(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const query = search_fields(c.asked);
  if (!query) return outcome_response(400, "The parameters are not form-encoded UTF-8.");
  auto const page = read_page(*query);
  if (!page) return outcome_response(400, "_count and _offset must be whole numbers.");
  std::optional<named_coverage> asked;
  for (auto const& each : *query) {
    if (shapes_only(each.name)) continue;
    if (each.name != "coverage" || asked) {
      return outcome_response(400, "CoverageEligibilityResponse is searched by coverage only.");
    }
    asked = coverage_in(each.value);
    if (!asked) return outcome_response(400, "coverage is Coverage/ID as Coverage has it.");
  }
  if (!asked) return outcome_response(400, "Say which coverage: coverage=Coverage/ID.");
  app.writer.append(entry_for(c, std::get<client_reader>(who), asked->submission));
  std::vector<search_match> found;
  for (auto const& each : db::list_checks(app.desk, asked->submission, asked->number)) {
    auto json = eligibility_resource(app, each.head);
    if (json) found.push_back({certs::to_string(each.head.id), std::move(*json)});
  }
  return search_set(app, c, "CoverageEligibilityResponse", found, *page);
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
