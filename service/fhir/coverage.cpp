#include "db/submissions.hpp"
#include "service/fhir/client_reader.hpp"
#include "service/fhir/coverage_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/fhir/search_values.hpp"
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
std::variant<std::vector<coverage_resource>, response> read_all(
    application& app, call const& c, client_reader const& who,
    std::optional<certs::uuid> const& submission) {
  auto const stored = submission ? db::open_submission(app.desk, *submission) : std::nullopt;
  if (!stored) return std::vector<coverage_resource>{};
  auto entry = entry_for(c, who, stored->head);
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) entry.outcome = db::audit_outcome::failed;
  app.writer.append(std::move(entry));
  if (!reading.record) return outcome_response(500, reading.fault);
  return coverages_of(stored->head, *reading.record, *app.rules.current());
}

std::optional<certs::uuid> submission_of(std::string_view coverage_id) {
  return certs::parse_uuid(coverage_id.substr(0, certs::uuid_characters));
}

/// One alternative of a search: of `_id=UUID-1`, `patient=Patient/UUID` or
/// `response=QuestionnaireResponse/UUID.coverage`, with their types or without.
struct wanted_coverage {
  std::string_view parameter;
  std::string id;
  certs::uuid submission;

  bool is(coverage_resource const& one) const {
    if (submission != submission_of(one.id)) return false;
    bool const is_whole = id.size() == certs::uuid_characters;
    if (parameter == "_id") return id == one.id;
    return is_whole || (parameter == "response" && id == one.response);
  }
};

/// Values that can be no coverage's are left out; nothing where there is no value.
std::optional<std::vector<wanted_coverage>> read_wanted(config const& settings,
                                                        form_field const& asked) {
  auto const values = alternatives_in(asked.value);
  if (values.empty()) return std::nullopt;
  auto const base = settings.public_url() + "/fhir";
  auto const type = asked.name == "response" ? "QuestionnaireResponse" : "Patient";
  std::vector<wanted_coverage> all;
  for (auto const& each : values) {
    auto const id = asked.name == "_id" ? std::string_view(each)
                                        : id_in_reference(each, type, base).value_or("");
    if (auto const about = submission_of(id)) all.push_back({asked.name, std::string(id), *about});
  }
  return all;
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
  auto const wanted = read_wanted(app.settings, asked);
  if (!wanted) return outcome_response(400, parameter_values_sentence);
  std::vector<search_match> found;
  std::vector<certs::uuid> opened;
  for (auto const& [parameter, id, submission] : *wanted) {
    if (std::ranges::count(opened, submission) > 0) continue;
    opened.push_back(submission);
    auto read = read_all(app, c, std::get<client_reader>(who), submission);
    if (auto* fault = std::get_if<response>(&read)) return std::move(*fault);
    for (auto& each : std::get<std::vector<coverage_resource>>(read)) {
      if (std::ranges::none_of(*wanted, [&](auto const& one) { return one.is(each); })) continue;
      found.push_back({std::move(each.id), std::move(each.json)});
    }
  }
  return search_set(app, c, "Coverage", found, page);
}

response coverage_read(application& app, call const& c) {
  auto who = identify_reader(app, c, {forms::form_audience::coverage});
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const wanted = c.path["id"];
  auto read = read_all(app, c, std::get<client_reader>(who), submission_of(wanted));
  if (auto* fault = std::get_if<response>(&read)) return std::move(*fault);
  auto& all = std::get<std::vector<coverage_resource>>(read);
  auto const found = std::ranges::find(all, wanted, &coverage_resource::id);
  if (found == all.end()) return outcome_response(404, "There is no Coverage with that id.");
  return fhir_response(200, std::move(found->json));
}

}  // namespace intake::service::fhir
