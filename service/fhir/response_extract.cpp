#include "forms/json_writer.hpp"
#include "service/fhir/consent_resource.hpp"
#include "service/fhir/coverage_resource.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/patient_resource.hpp"
#include "service/fhir/response_resource.hpp"
#include "service/responses.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

/// SDC's $extract gives these three; whoever may read none of them has nothing to ask for.
constexpr audience_set extractable{forms::form_audience::demographic,
                                   forms::form_audience::coverage, forms::form_audience::consent};

struct extracted_resource {
  std::string_view type;
  search_match made;
};

/// The forms that were meant: one, or with a submission's bare id all of them.
std::vector<opened_form> meant_forms(client_record& from, resource_id const& asked,
                                     std::string_view whole_id) {
  std::vector<opened_form> meant;
  for (auto& each : from.record.forms) {
    if (asked.name.empty() || response_id(from.head, *each.form) == whole_id) {
      meant.push_back(std::move(each));
    }
  }
  return meant;
}

std::vector<extracted_resource> extract_all(application const& app, client_record const& from,
                                            packet_view const& packet) {
  std::vector<extracted_resource> all;
  if (packet.readable.has(forms::form_audience::demographic)) {
    auto json = write_patient(from, packet);
    if (!json.empty())
      all.push_back({"Patient", {certs::to_string(from.head.id), std::move(json)}});
  }
  if (packet.readable.has(forms::form_audience::coverage)) {
    for (auto& each : coverages_of(from.head, from.record, *app.rules.current())) {
      all.push_back({"Coverage", {std::move(each.id), std::move(each.json)}});
    }
  }
  for (auto& each : consents_of(app, from, packet)) {
    all.push_back({"Consent", std::move(each)});
  }
  return all;
}

/// A transaction of updates under the ids that we give: run again, it changes what it made.
std::string write_transaction(config const& settings, std::vector<extracted_resource> const& all) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Bundle").member("type", "transaction");
  if (!all.empty()) {
    out.key("entry").begin_array();
    for (auto const& each : all) {
      auto const address = std::string(each.type) + "/" + each.made.id;
      out.begin_object();
      out.member("fullUrl", std::string_view(settings.public_url() + "/fhir/" + address));
      out.key("resource").raw(each.made.resource);
      out.key("request").begin_object().member("method", "PUT");
      out.member("url", std::string_view(address)).end_object().end_object();
    }
    out.end_array();
  }
  out.end_object();
  return text;
}

}  // namespace

response response_extract(application& app, call const& c) {
  auto who = identify_reader(app, c, extractable);
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const& reader = std::get<client_reader>(who);
  auto const id = read_resource_id(c.path["id"]);
  if (!id) return outcome_response(404, "There is nothing with that id.");
  auto opened = open_for_client(app, c, reader, "response-extracted", id->submission);
  if (auto* refusal = std::get_if<response>(&opened)) return std::move(*refusal);
  auto& from = std::get<client_record>(opened);
  auto const readable = readable_responses(app, reader.audiences, from);
  bool const is_there =
      id->name.empty() || std::ranges::count(readable, c.path["id"], &readable_response::id) > 0;
  if (!is_there) return outcome_response(404, "There is nothing with that id.");
  if (from.record.void_since) {
    return outcome_response(422, "This submission is void: nothing is taken out of it.");
  }
  from.record.forms = meant_forms(from, *id, c.path["id"]);
  auto const all = extract_all(app, from, {from.record.forms, reader.audiences});
  return fhir_response(200, write_transaction(app.settings, all));
}

}  // namespace intake::service::fhir
