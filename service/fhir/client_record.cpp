#include "service/fhir/client_record.hpp"

#include "certs/digest.hpp"
#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "certs/secret.hpp"
#include "certs/utc_text.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/http/http_date.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

// http://hl7.org/fhir/R4/datatypes.html#id: 64 letters, of which the submission and a dot take 37.
constexpr std::size_t name_characters_max = 27;
constexpr std::size_t hash_characters = 24;

bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.';
}

}  // namespace

std::optional<resource_id> read_resource_id(std::string_view text) {
  auto const submission = certs::parse_uuid(text.substr(0, certs::uuid_characters));
  if (!submission) return std::nullopt;
  if (text.size() == certs::uuid_characters) return resource_id{*submission, {}};
  if (text[certs::uuid_characters] != '.' || text.size() < certs::uuid_characters + 2)
    return std::nullopt;
  return resource_id{*submission, text.substr(certs::uuid_characters + 1)};
}

std::string write_resource_id(certs::uuid const& submission, std::string_view name) {
  auto id = certs::to_string(submission) + ".";
  if (name.size() <= name_characters_max && std::ranges::all_of(name, is_id_letter)) {
    return id + std::string(name);
  }
  std::string hash;
  certs::append_hex(hash, certs::sha256(certs::as_bytes(name)));
  return id + hash.substr(0, hash_characters);
}

std::variant<client_record, response> open_for_client(application& app, call const& c,
                                                      client_reader const& who, std::string action,
                                                      certs::uuid submission,
                                                      std::optional<std::int32_t> version,
                                                      record_files files) {
  auto const stored = db::open_submission(app.desk, submission, version);
  if (!stored) return outcome_response(404, "There is nothing with that id.");
  auto entry = entry_of_client(c, who, std::move(action));
  entry.subject = stored->head.id;
  entry.version = stored->head.version;
  auto reading = open_record(app.keks, app.forms, *stored, files);
  if (!reading.record) entry.outcome = db::audit_outcome::failed;
  app.writer.append(std::move(entry));
  if (!reading.record) return outcome_response(stored->head.key ? 500 : 410, reading.fault);
  return client_record{stored->head, std::move(*reading.record)};
}

std::string instant_text(certs::utc_time at) {
  auto const second = std::chrono::floor<std::chrono::seconds>(at);
  auto text = certs::utc_text(second);
  text.pop_back();
  return fmt::format("{}.{:06}Z", text, (at - second).count());
}

response versioned_response(call const& c, client_record const& from, std::string json) {
  auto const tag = fmt::format("W/\"{}\"", from.head.version);
  auto const known = c.asked.field("if-none-match");
  // Void is a state of every version, so its tag can't tell whether a client knows of it.
  bool const same = known && !from.record.void_since && etag_listed(*known, tag);
  auto made = same ? response{.status = 304, .fields = {}, .body = std::string()}
                   : fhir_response(200, std::move(json));
  if (!from.record.void_since) made.fields.push_back({"etag", tag});
  made.fields.push_back({"last-modified", http_date(from.head.received)});
  return made;
}

}  // namespace intake::service::fhir
