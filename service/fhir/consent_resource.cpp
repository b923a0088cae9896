#include "service/fhir/consent_resource.hpp"

#include "forms/editions.hpp"
#include "forms/json_writer.hpp"
#include "service/fhir/response_resource.hpp"
#include "service/known_items.hpp"

#include <algorithm>
#include <array>

namespace intake::service::fhir {
namespace {

constexpr std::string_view scope_system = "http://terminology.hl7.org/CodeSystem/consentscope";
constexpr extracted_element signer{"Consent.performer", known::signer_name};

/// What a text is about, by the last part of its group's linkId; others have their title alone.
struct scope_row {
  std::string_view ending;
  std::string_view code;
};
constexpr std::array scopes{
    scope_row{"privacy", "patient-privacy"},  scope_row{"release", "patient-privacy"},
    scope_row{"messages", "patient-privacy"}, scope_row{"photos", "patient-privacy"},
    scope_row{"treatment", "treatment"},      scope_row{"telehealth", "treatment"}};

std::string_view scope_of(std::string_view link_id) {
  auto const last = link_id.substr(link_id.rfind('.') + 1);
  auto const found = std::ranges::find(scopes, last, &scope_row::ending);
  return found == scopes.end() ? std::string_view() : found->code;
}

std::string_view status_of(forms::questionnaire const& form,
                           forms::edition_answered const& answered) {
  if (answered.was_signed) return "active";
  auto const* choice = form.find(answered.group->link_id + ".choice");
  auto const said = choice == nullptr
                        ? std::string()
                        : known::text_below(form, *answered.occurrence, choice->link_id);
  return said == "decline" ? "rejected" : "proposed";
}

void write_text(forms::json_writer& out, std::string_view name, std::string_view text) {
  out.key(name).begin_object().member("text", text).end_object();
}

struct told_consent {
  opened_form const* from;
  forms::edition_answered const* answered;
  std::string id;
  std::string signed_by;
};

std::string write_consent(application const& app, client_record const& record,
                          told_consent const& told) {
  auto const& form = *told.from->form;
  auto const& group = *told.answered->group;
  auto const title = forms::text_in(group, "en");
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Consent").member("id", std::string_view(told.id));
  write_meta(out, record.head);
  bool const is_void = record.record.void_since.has_value();
  out.member("status", is_void ? "entered-in-error" : status_of(form, *told.answered));
  if (auto const code = scope_of(group.link_id); !code.empty()) {
    out.key("scope").begin_object().key("coding").begin_array().begin_object();
    out.member("system", scope_system).member("code", code).end_object().end_array();
    out.member("text", title).end_object();
  } else {
    write_text(out, "scope", title);
  }
  out.key("category").begin_array().begin_object().key("coding").begin_array().begin_object();
  out.member("system", "http://loinc.org").member("code", "59284-0");
  out.end_object().end_array().member("text", title).end_object().end_array();
  out.key("patient").begin_object();
  out.member("reference", std::string_view("Patient/" + certs::to_string(record.head.id)));
  out.end_object();
  auto const& given = told.from->response.envelope.authored;
  auto const at = given.empty() ? app.clock.fhir_date_time(record.head.received) : given;
  out.member("dateTime", std::string_view(at));
  if (!told.signed_by.empty()) {
    out.key("performer").begin_array().begin_object();
    out.member("display", std::string_view(told.signed_by)).end_object().end_array();
  }
  auto const source = "QuestionnaireResponse/" + response_id(record.head, form);
  out.key("sourceReference").begin_object();
  out.member("reference", std::string_view(source)).end_object();
  write_text(out, "policyRule", group.link_id + ", edition " + group.edition.id);
  out.end_object();
  return text;
}

constexpr parameter_row consent_parameters[] = {
    {"_id", "token", parameter_use::id},
    {"identifier", "token", parameter_use::identifier},
    {"patient", "reference", parameter_use::patient},
    {"source-reference", "reference", parameter_use::response},
    {"_lastUpdated", "date", parameter_use::changed},
    {"_sort", "", parameter_use::sort},
    {"_count", "", parameter_use::count},
    {"_cursor", "", parameter_use::cursor}};

std::vector<search_match> make_consents(application& app, client_reader const& who,
                                        client_record const& from, resource_filter const& filter) {
  return consents_of(app, from, {from.record.forms, who.audiences}, filter);
}

constexpr record_type consent_row{"Consent",           "consent-read",
                                  "consents-searched", {forms::form_audience::consent},
                                  consent_parameters,  make_consents};

}  // namespace

std::vector<search_match> consents_of(application const& app, client_record const& from,
                                      packet_view const& packet, resource_filter const& filter) {
  std::vector<search_match> all;
  auto const signed_by = first_text(extract(packet, signer));
  for (auto const& each : packet.forms) {
    if (!filter.is_about(from.head.id, response_id(from.head, *each.form))) continue;
    for (auto const& answered : forms::answered_editions(*each.form, each.response.answers)) {
      if (!packet.readable.has(answered.group->audience)) continue;
      auto id = write_resource_id(from.head.id, answered.group->link_id);
      auto json = write_consent(app, from, {&each, &answered, id, signed_by});
      all.push_back({std::move(id), std::move(json)});
    }
  }
  return all;
}

record_type const& consent_type() {
  return consent_row;
}

}  // namespace intake::service::fhir
