#pragma once
#include "service/fhir/client_reader.hpp"
#include "service/record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// Records as machines read them. Every resource made of one is called after its submission.
namespace intake::service::fhir {

/// "UUID.peg" of one of its forms, texts or copies; "UUID" of the whole.
struct resource_id {
  certs::uuid submission;
  std::string_view name;
};
std::optional<resource_id> read_resource_id(std::string_view);

/// `name` where FHIR takes it in an id of 64 letters, else a hash of it.
std::string write_resource_id(certs::uuid const& submission, std::string_view name);

struct client_record {
  db::submission_head head;
  opened_record record;
};

/// Opens a record after the trail holds that this client reads it; else the answer: 404, 410 where
/// retention destroyed it, 500 where it does not open.
std::variant<client_record, response> open_for_client(application&, call const&,
                                                      client_reader const&, std::string action,
                                                      certs::uuid submission,
                                                      std::optional<std::int32_t> version = {},
                                                      record_files = record_files::left_alone);

/// FHIR's instant, to the microsecond: "2026-11-28T14:05:06.000001Z".
std::string instant_text(certs::utc_time);

/// Answers with a resource: ETag and Last-Modified of the record's version, 304 where If-None-Match
/// has it.
response versioned_response(call const&, client_record const&, std::string json);

}  // namespace intake::service::fhir
