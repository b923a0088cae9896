#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/record_type.hpp"
#include "service/fhir/response_resource.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

constexpr parameter_row response_parameters[] = {
    {"_id", "token", parameter_use::id},
    {"identifier", "token", parameter_use::identifier},
    {"patient", "reference", parameter_use::patient},
    {"subject", "reference", parameter_use::patient},
    {"questionnaire", "reference", parameter_use::form},
    {"authored", "date", parameter_use::authored},
    {"_lastUpdated", "date", parameter_use::changed},
    {"_sort", "", parameter_use::sort},
    {"_count", "", parameter_use::count},
    {"_cursor", "", parameter_use::cursor}};

/// "url" or "url|version".
bool is_named(forms::questionnaire const& form, std::string_view canonical) {
  return canonical == form.canonical() || canonical == form.header().url;
}

std::vector<search_match> make_responses(application& app, client_reader const& who,
                                         client_record const& from, resource_filter const& filter) {
  std::vector<search_match> made;
  for (auto const& each : readable_responses(app, who.audiences, from)) {
    auto const& form = *each.form->form;
    bool const is_meant = std::ranges::all_of(filter.forms, [&](auto const& one_of) {
      return std::ranges::any_of(one_of, [&](auto const& one) { return is_named(form, one); });
    });
    if (!is_meant) continue;
    auto const written = beginning_of(app.clock, each.authored);
    if (written && !filter.authored.contains(*written)) continue;
    made.push_back({each.id, write_response(each, who.audiences, from)});
  }
  return made;
}

constexpr record_type response_row{"QuestionnaireResponse", "response-read",
                                   "responses-searched",    every_audience,
                                   response_parameters,     make_responses};

}  // namespace

record_type const& response_type() {
  return response_row;
}

response response_read(application& app, call const& c) {
  if (certs::parse_uuid(c.path["id"]) && app.clients.authenticate(c.asked)) {
    return outcome_response(404,
                            "A submission has a response to each of its forms: search for them "
                            "with identifier=urn:uuid: and this id.");
  }
  return read_resource(app, c, response_row);
}

response response_search(application& app, call const& c) {
  return search_resources(app, c, response_row);
}

}  // namespace intake::service::fhir
