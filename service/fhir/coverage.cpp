#include "db/submissions.hpp"
#include "service/fhir/client_reader.hpp"
#include "service/fhir/coverage_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <variant>

namespace intake::service::fhir {
namespace {

constexpr std::string_view coverage_parameters[] = {"_id", "response", "patient", "beneficiary"};

db::audit_entry entry_for(call const& c, client_reader const& who,
                          db::submission_head const& head) {
  auto entry = entry_of_client(c, who, "coverage-read");
  entry.subject = head.id;
  entry.version = head.version;
  return entry;
}

/// The coverages of one submission, after the trail holds that they are read; none where there is
/// no such submission. A record that does not open is said and recorded.
std::variant<std::vector<coverage_resource>, response> read_all(application& app, call const& c,
                                                                client_reader const& who,
                                                                std::string_view submission) {
  auto const id = certs::parse_uuid(submission);
  auto const stored = id ? db::open_submission(app.desk, *id) : std::nullopt;
  if (!stored) return std::vector<coverage_resource>{};
  auto entry = entry_for(c, who, stored->head);
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) entry.outcome = db::audit_outcome::failed;
  app.writer.append(std::move(entry));
  if (!reading.record) return outcome_response(500, reading.fault);
  return coverages_of(stored->head, *reading.record, *app.rules.current());
}

/// The submission that a search asks for: of `response=QuestionnaireResponse/UUID.coverage`,
/// `patient=Patient/UUID` or `_id=UUID-1`, with their types or without.
std::string_view submission_in(form_field const& asked) {
  std::string_view value = asked.value;
  if (auto const slash = value.rfind('/'); slash != value.npos) value.remove_prefix(slash + 1);
  return value.substr(0, certs::uuid_characters);
}

}  // namespace

response coverage_search(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto search =
      read_single_search(c, coverage_parameters,
                         "Coverage is searched by one of _id, response, patient and beneficiary.");
  if (auto* refusal = std::get_if<response>(&search)) return std::move(*refusal);
  auto const& [asked, page] = std::get<single_search>(search);
  auto read = read_all(app, c, std::get<client_reader>(who), submission_in(asked));
  if (auto* fault = std::get_if<response>(&read)) return std::move(*fault);
  std::vector<search_match> found;
  for (auto& each : std::get<std::vector<coverage_resource>>(read)) {
    if (asked.name == "_id" && each.id != asked.value) continue;
    found.push_back({std::move(each.id), std::move(each.json)});
  }
  return search_set(app, c, "Coverage", found, page);
}

response coverage_read(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const wanted = c.path["id"];
  auto read =
      read_all(app, c, std::get<client_reader>(who), wanted.substr(0, certs::uuid_characters));
  if (auto* fault = std::get_if<response>(&read)) return std::move(*fault);
  auto& all = std::get<std::vector<coverage_resource>>(read);
  auto const found = std::ranges::find(all, wanted, &coverage_resource::id);
  if (found == all.end()) return outcome_response(404, "There is no Coverage with that id.");
  return fhir_response(200, std::move(found->json));
}

}  // namespace intake::service::fhir
