#include "service/fhir/patient_resource.hpp"

#include "service/fhir/record_type.hpp"
#include "service/fhir/response_resource.hpp"
#include "service/known_items.hpp"

#include <algorithm>
#include <array>

namespace intake::service::fhir {
namespace {

constexpr extracted_element given{"Patient.name.given", known::given_name};
constexpr extracted_element family{"Patient.name.family", known::family_name};
constexpr extracted_element born{"Patient.birthDate", known::birth_date};
constexpr extracted_element gender{"Patient.gender", "patient.sex"};
constexpr extracted_element reached{"Patient.telecom.value", known::phone};
constexpr extracted_element line{"Patient.address.line", "patient.address.line"};
constexpr extracted_element city{"Patient.address.city", "patient.address.city"};
constexpr extracted_element state{"Patient.address.state", "patient.address.state"};
constexpr extracted_element postal_code{"Patient.address.postalCode", "patient.address.zip"};
constexpr extracted_element speaks{"Patient.communication.language", "patient.language.preferred"};
constexpr extracted_element contact_name{"Patient.contact.name", "contact.name"};
constexpr extracted_element contact_relation{"Patient.contact.relationship", "contact.relation"};
constexpr extracted_element contact_reached{"Patient.contact.telecom", "contact.phone"};
constexpr extracted_element practitioner{"Patient.generalPractitioner", "care-team.primary"};

/// http://hl7.org/fhir/R4/valueset-administrative-gender.html
constexpr std::array<std::string_view, 4> genders{"male", "female", "other", "unknown"};

void write_text(forms::json_writer& out, std::string_view name, std::string const& text) {
  if (!text.empty()) out.member(name, std::string_view(text));
}

void write_texts(forms::json_writer& out, std::string_view name,
                 std::vector<extracted_answer> const& answers) {
  if (answers.empty()) return;
  out.key(name).begin_array();
  for (auto const& each : answers) out.string(forms::plain_text(*each.value));
  out.end_array();
}

/// A Coding with its code, else its words.
void write_concept(forms::json_writer& out, extracted_answer const& from) {
  auto const* const chosen = std::get_if<forms::coding>(from.value);
  auto const text = forms::plain_text(*from.value);
  out.begin_object();
  if (chosen != nullptr && !chosen->code.empty()) {
    out.key("coding").begin_array().begin_object();
    write_text(out, "system", chosen->system);
    out.member("code", std::string_view(chosen->code));
    write_text(out, "display", chosen->display);
    out.end_object().end_array();
  } else {
    out.member("text", std::string_view(text));
  }
  out.end_object();
}

void write_telecom(forms::json_writer& out, std::vector<extracted_answer> const& answers) {
  if (answers.empty()) return;
  out.key("telecom").begin_array();
  for (auto const& each : answers) {
    auto const text = forms::plain_text(*each.value);
    out.begin_object();
    out.member("system", text.find('@') == std::string::npos ? "phone" : "email");
    out.member("value", std::string_view(text)).end_object();
  }
  out.end_array();
}

void write_name(forms::json_writer& out, packet_view const& packet) {
  auto const surname = first_text(extract(packet, family));
  auto const first = extract(packet, given);
  if (surname.empty() && first.empty()) return;
  out.key("name").begin_array().begin_object();
  write_text(out, "family", surname);
  write_texts(out, "given", first);
  out.end_object().end_array();
}

void write_address(forms::json_writer& out, packet_view const& packet) {
  auto const lines = extract(packet, line);
  auto const town = first_text(extract(packet, city));
  auto const code = first_code(extract(packet, state));
  auto const zip = first_text(extract(packet, postal_code));
  if (lines.empty() && town.empty() && code.empty() && zip.empty()) return;
  out.key("address").begin_array().begin_object();
  write_texts(out, "line", lines);
  write_text(out, "city", town);
  write_text(out, "state", code);
  write_text(out, "postalCode", zip);
  out.end_object().end_array();
}

void write_contact(forms::json_writer& out, packet_view const& packet) {
  auto const name = first_text(extract(packet, contact_name));
  if (name.empty()) return;
  out.key("contact").begin_array().begin_object();
  if (auto const relation = extract(packet, contact_relation); !relation.empty()) {
    out.key("relationship").begin_array();
    write_concept(out, relation.front());
    out.end_array();
  }
  out.key("name").begin_object().member("text", std::string_view(name)).end_object();
  write_telecom(out, extract(packet, contact_reached));
  out.end_object().end_array();
}

void write_communication(forms::json_writer& out, packet_view const& packet) {
  auto const spoken = extract(packet, speaks);
  if (!spoken.empty()) {
    out.key("communication").begin_array().begin_object();
    out.key("language");
    write_concept(out, spoken.front());
    out.member("preferred", true).end_object().end_array();
  }
  auto const doctor = first_text(extract(packet, practitioner));
  if (doctor.empty()) return;
  out.key("generalPractitioner").begin_array().begin_object();
  out.member("display", std::string_view(doctor)).end_object().end_array();
}

constexpr parameter_row patient_parameters[] = {{"_id", "token", parameter_use::id},
                                                {"identifier", "token", parameter_use::identifier},
                                                {"_lastUpdated", "date", parameter_use::changed},
                                                {"_sort", "", parameter_use::sort},
                                                {"_count", "", parameter_use::count},
                                                {"_cursor", "", parameter_use::cursor}};

std::vector<search_match> make_patient(application&, client_reader const& who,
                                       client_record const& from, resource_filter const&) {
  auto json = write_patient(from, {from.record.forms, who.audiences});
  if (json.empty()) return {};
  return {{certs::to_string(from.head.id), std::move(json)}};
}

constexpr record_type patient_row{"Patient",           "patient-read",
                                  "patients-searched", {forms::form_audience::demographic},
                                  patient_parameters,  make_patient};

}  // namespace

std::string write_patient(client_record const& from, packet_view const& packet) {
  if (extract(packet, family).empty() && extract(packet, given).empty()) return {};
  std::string text;
  forms::json_writer out(text);
  auto const id = certs::to_string(from.head.id);
  out.begin_object().member("resourceType", "Patient").member("id", std::string_view(id));
  write_meta(out, from.head);
  out.key("identifier").begin_array().begin_object().member("system", "urn:ietf:rfc:3986");
  out.member("value", std::string_view("urn:uuid:" + id)).end_object().end_array();
  write_name(out, packet);
  write_telecom(out, extract(packet, reached));
  auto const sex = first_code(extract(packet, gender));
  if (std::ranges::count(genders, sex) > 0) out.member("gender", std::string_view(sex));
  write_text(out, "birthDate", first_text(extract(packet, born)));
  write_address(out, packet);
  write_contact(out, packet);
  write_communication(out, packet);
  out.end_object();
  return text;
}

record_type const& patient_type() {
  return patient_row;
}

}  // namespace intake::service::fhir
