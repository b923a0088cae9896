#include "forms/json_writer.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/fhir/record_type.hpp"
#include "service/fhir/response_resource.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr parameter_row document_parameters[] = {{"_id", "token", parameter_use::id},
                                                 {"identifier", "token", parameter_use::identifier},
                                                 {"patient", "reference", parameter_use::patient},
                                                 {"subject", "reference", parameter_use::patient},
                                                 {"related", "reference", parameter_use::response},
                                                 {"_lastUpdated", "date", parameter_use::changed},
                                                 {"_sort", "", parameter_use::sort},
                                                 {"_count", "", parameter_use::count},
                                                 {"_cursor", "", parameter_use::cursor}};

void write_related(forms::json_writer& out, application const& app, client_reader const& who,
                   client_record const& from) {
  out.key("context").begin_object().key("related").begin_array();
  for (auto const& each : readable_responses(app, who.audiences, from)) {
    out.begin_object();
    out.member("reference", std::string_view("QuestionnaireResponse/" + each.id)).end_object();
  }
  out.end_array().end_object();
}

std::string write_document(application const& app, client_reader const& who,
                           client_record const& from, pdf::copy_profile profile,
                           std::string const& id) {
  auto const submission = certs::to_string(from.head.id);
  auto const name = std::string(copy_name(profile));
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "DocumentReference");
  out.member("id", std::string_view(id));
  write_meta(out, from.head);
  out.key("identifier").begin_array().begin_object().member("system", "urn:ietf:rfc:3986");
  out.member("value", std::string_view("urn:uuid:" + submission)).end_object().end_array();
  out.member("status", from.record.void_since ? "entered-in-error" : "current");
  out.key("type").begin_object();
  out.member("text", std::string_view("Patient forms, copy: " + name)).end_object();
  out.key("subject").begin_object();
  out.member("reference", std::string_view("Patient/" + submission)).end_object();
  out.member("date", std::string_view(instant_text(from.head.received)));
  out.key("content").begin_array().begin_object().key("attachment").begin_object();
  out.member("contentType", "application/pdf");
  auto const url = fmt::format("{}/fhir/Binary/{}.{}.{}", app.settings.public_url(), submission,
                               from.head.version, name);
  out.member("url", std::string_view(url));
  out.member("title", std::string_view(copy_file_name(from.head, profile)));
  out.member("creation", std::string_view(app.clock.fhir_date_time(from.head.received)));
  out.end_object().end_object().end_array();
  write_related(out, app, who, from);
  out.end_object();
  return text;
}

std::vector<search_match> make_documents(application& app, client_reader const& who,
                                         client_record const& from, resource_filter const& filter) {
  std::vector<search_match> made;
  bool const is_related =
      filter.responses.empty() ||
      std::ranges::any_of(readable_responses(app, who.audiences, from),
                          [&](auto const& each) { return filter.is_about(from.head.id, each.id); });
  if (!is_related) return made;
  for (auto const profile : copies_for(who.audiences)) {
    auto id = write_resource_id(from.head.id, copy_name(profile));
    auto json = write_document(app, who, from, profile, id);
    made.push_back({std::move(id), std::move(json)});
  }
  return made;
}

// What copies a client has, its scopes together say: one audience alone makes none.
constexpr record_type document_row{"DocumentReference", "document-read",     "documents-searched",
                                   every_audience,      document_parameters, make_documents};

}  // namespace

record_type const& document_type() {
  return document_row;
}

}  // namespace intake::service::fhir
