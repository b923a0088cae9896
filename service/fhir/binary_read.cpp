#include "forms/base64.hpp"
#include "forms/json_writer.hpp"
#include "service/copy.hpp"
#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"
#include "service/fhir/client_record.hpp"
#include "service/fhir/fhir.hpp"
#include "service/fhir/formats.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::string_view file_prefix = "file-";
constexpr std::string_view no_such = "There is no Binary with that id.";

/// UUID.VERSION.desk or UUID.VERSION.file-2: of one version, so that it never changes.
struct binary_name {
  certs::uuid submission;
  std::int32_t version = 0;
  std::string_view name;
};

std::optional<binary_name> read_name(std::string_view id) {
  auto const of = read_resource_id(id);
  if (!of) return std::nullopt;
  auto const dot = of->name.find('.');
  if (dot == of->name.npos || dot == 0) return std::nullopt;
  binary_name found{of->submission, 0, of->name.substr(dot + 1)};
  auto const* const end = of->name.data() + dot;
  auto const [stopped, error] = std::from_chars(of->name.data(), end, found.version);
  if (error != std::errc{} || stopped != end || found.version < 1) return std::nullopt;
  return found;
}

/// The bytes, or why they do not leave; both are for the trail to hear of first.
struct made_binary {
  std::string bytes{};
  std::string type{};
  std::string file_name{};
  int status = 200;
  std::string fault{};
};

made_binary copy_named(client_record const& from, pdf::copy_profile profile) {
  return {.type = "application/pdf", .file_name = copy_file_name(from.head, profile)};
}

made_binary make_copy(application& app, client_record const& from, pdf::copy_profile profile) {
  auto copy = render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                          from.head, from.record, profile,
                          inputs_for_copy({app.desk, app.keks, app.forms, app.clock, app.settings},
                                          from.head, from.record, profile));
  if (!copy.defects.empty()) {
    return {.status = 500, .fault = "The copy would not be complete; the desk's page says why."};
  }
  auto made = copy_named(from, profile);
  made.bytes = std::move(copy.bytes);
  return made;
}

made_binary find_file(client_reader const& who, client_record const& from, std::string_view name) {
  auto const number = name.substr(file_prefix.size());
  for (auto const& each : attachments_of(from.record)) {
    if (number != std::to_string(each.number)) continue;
    if (!who.audiences.has(each.item->audience)) {
      return {.status = 403, .fault = "This file is not for a client with these scopes."};
    }
    return {
        .bytes = from.record.files[each.number - 1],
        .type = each.file->content_type,
        .file_name = fmt::format("intake-{}-file-{}", spoken_receipt(from.head.receipt), number)};
  }
  return {.status = 404, .fault = std::string(no_such)};
}

/// R4 2.41.4: the bytes themselves, or the resource where FHIR's type is asked for.
bool wants_resource(request const& asked) {
  for (auto const& each : read_weighted_list(asked.field("accept").value_or(""))) {
    if (each.value == "application/fhir+json" || each.value == "application/json") return true;
    if (each.weight_per_mille > 0) return false;
  }
  return false;
}

response answer(call const& c, client_record const& from, made_binary made) {
  if (!wants_resource(c.asked)) {
    return file_response(std::move(made.bytes), made.type, made.file_name);
  }
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Binary").member("id", c.path["id"]);
  out.member("contentType", std::string_view(made.type));
  out.key("securityContext").begin_object();
  out.member("reference", std::string_view("Patient/" + certs::to_string(from.head.id)))
      .end_object();
  out.member("data", std::string_view(forms::encode_base64(made.bytes))).end_object();
  return fhir_response(200, std::move(text));
}

made_binary make(application& app, client_reader const& who, client_record const& from,
                 std::string_view name, bool is_head) {
  if (name.starts_with(file_prefix)) return find_file(who, from, name);
  auto const profile = parse_copy_name(name);
  if (!profile) return {.status = 404, .fault = std::string(no_such)};
  if (std::ranges::count(copies_for(who.audiences), *profile) == 0) {
    return {.status = 403, .fault = "This copy is not for a client with these scopes."};
  }
  if (is_head) return copy_named(from, *profile);
  return make_copy(app, from, *profile);
}

}  // namespace

response binary_read(application& app, call const& c) {
  if (auto refusal = not_acceptable(c.asked, format_kind::binary)) return *std::move(refusal);
  auto who = identify_reader(app, c, every_audience);
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const& reader = std::get<client_reader>(who);
  auto const wanted = read_name(c.path["id"]);
  if (!wanted) return outcome_response(404, no_such);
  bool const is_file = wanted->name.starts_with(file_prefix);
  auto opened = open_for_client(app, c, reader, "binary-opened", wanted->submission,
                                wanted->version, record_files::opened);
  if (auto* refusal = std::get_if<response>(&opened)) return std::move(*refusal);
  auto const& from = std::get<client_record>(opened);
  bool const is_head = c.asked.method == http_method::head;
  auto made = make(app, reader, from, wanted->name, is_head);
  if (made.status == 404) return outcome_response(404, made.fault);
  // Nothing leaves with HEAD, so no copy is drawn; that the record was opened is in the trail.
  if (is_head && made.fault.empty()) return without_body(answer(c, from, std::move(made)));
  auto entry = entry_of_client(c, reader, is_file ? "attachment-downloaded" : "pdf-downloaded");
  entry.subject = from.head.id;
  entry.version = from.head.version;
  entry.purpose += fmt::format(", {}", wanted->name.substr(0, 32));
  if (made.fault.empty()) {
    entry.content =
        app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(made.bytes));
  } else {
    entry.outcome = made.status == 403 ? db::audit_outcome::refused : db::audit_outcome::failed;
  }
  // No byte leaves before its entry is durable.
  app.writer.append(std::move(entry));
  if (!made.fault.empty()) return outcome_response(made.status, made.fault);
  return answer(c, from, std::move(made));
}

}  // namespace intake::service::fhir
