#include "service/fhir/submission_bundle.hpp"

#include "forms/json_reader.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/http/fields.hpp"
#include "service/limits.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

using forms::json_kind;
using forms::json_value;

constexpr std::size_t responses_max = 40;
constexpr std::ptrdiff_t packet_values_max = 500'000;
constexpr std::string_view identifier_system = "urn:ietf:rfc:3986";
constexpr std::string_view uuid_prefix = "urn:uuid:";

/// Carries the first refusal out of the reading steps.
struct refusal_raised {
  bundle_refusal refusal;
};

[[noreturn]] void refuse(int status, std::string_view sentence) {
  throw refusal_raised{{outcome_response(status, sentence)}};
}

std::optional<certs::uuid> uuid_of(std::string_view system, std::string_view value) {
  if (system != identifier_system || !value.starts_with(uuid_prefix)) return std::nullopt;
  return certs::parse_uuid(value.substr(uuid_prefix.size()));
}

/// R4: QuestionnaireResponse.identifier and Bundle.identifier are single Identifiers. One that is
/// no UUID is the sender's own business and makes nothing idempotent.
std::optional<certs::uuid> identifier_of(json_value const& resource) {
  auto const* identifier = resource.find("identifier", json_kind::object);
  if (identifier == nullptr) return std::nullopt;
  return uuid_of(identifier->text_of("system"), identifier->text_of("value"));
}

/// R4 3.1.0.5.2, conditional create: "identifier=urn:ietf:rfc:3986|urn:uuid:…".
std::optional<certs::uuid> condition_of(request const& asked) {
  auto const condition = asked.field("if-none-exist");
  if (!condition) return std::nullopt;
  auto const fields = read_form(condition->substr(
      condition->find('?') == std::string_view::npos ? 0 : condition->find('?') + 1));
  std::optional<certs::uuid> id;
  if (fields && fields->size() == 1 && fields->front().name == "identifier") {
    auto const& value = fields->front().value;
    auto const bar = value.find('|');
    if (bar != std::string::npos) id = uuid_of(value.substr(0, bar), value.substr(bar + 1));
  }
  if (!id) refuse(412, "If-None-Exist must be identifier=urn:ietf:rfc:3986|urn:uuid:<UUID>.");
  return id;
}

forms::problem problem_at(forms::problem_code code, std::string_view element) {
  forms::problem found;
  found.code = code;
  found.expression = "QuestionnaireResponse" + std::string(element);
  return found;
}

/// R4 QuestionnaireResponse.status: what was abandoned, or was never meant, is nobody's answer.
bool is_taken(forms::response_status status) {
  using enum forms::response_status;
  return status != stopped && status != entered_in_error;
}

form_draft read_part(forms::library const& library, forms::json_document const& document,
                     json_value const& resource, std::string const& place) {
  auto const envelope = forms::read_envelope(document, resource);
  if (!envelope) refuse(400, place + ": " + sentence(envelope.error()));
  auto const* form = library.find(envelope->questionnaire);
  if (form == nullptr) {
    auto const code = envelope->questionnaire.empty() ? forms::problem_code::questionnaire_missing
                                                      : forms::problem_code::questionnaire_unknown;
    located_problems const all[] = {{place, {problem_at(code, ".questionnaire")}}};
    throw refusal_raised{{fhir_response(422, outcome_of(all))}};
  }
  form_draft read{form, forms::read_response(*form, resource)};
  if (!is_taken(envelope->status)) {
    read.response.problems.push_back(problem_at(forms::problem_code::status_not_taken, ".status"));
  }
  return read;
}

std::vector<submitted_part> read_bundle(forms::library const& library,
                                        forms::json_document const& document,
                                        json_value const& root) {
  auto const type = root.text_of("type");
  if (type != "collection" && type != "batch" && type != "transaction") {
    refuse(400, "Bundle.type must be collection, batch or transaction.");
  }
  auto const* entries = root.find("entry", json_kind::array);
  if (entries == nullptr || entries->children().empty()) refuse(400, "Bundle.entry is empty.");
  if (entries->children().size() > responses_max) {
    refuse(413, fmt::format("A packet has at most {} forms.", responses_max));
  }
  std::vector<submitted_part> parts;
  for (std::size_t i = 0; i < entries->children().size(); ++i) {
    auto const place = fmt::format("Bundle.entry[{}].resource", i);
    auto const* resource = entries->children()[i].find("resource", json_kind::object);
    if (resource == nullptr) refuse(400, place + " is missing.");
    auto part = read_part(library, document, *resource, place);
    // A response's id is its submission's and its form's: a second one could not be read.
    bool const twice = std::ranges::any_of(parts, [&](submitted_part const& each) {
      return each.draft.form->header().id == part.form->header().id;
    });
    if (twice) {
      part.response.problems.push_back(problem_at(forms::problem_code::questionnaire_repeated, {}));
    }
    parts.push_back({place, std::move(part)});
  }
  return parts;
}

submission_bundle read_root(forms::library const& library, request const& asked,
                            forms::json_document const& document) {
  auto const& root = document.root();
  auto const type = root.text_of("resourceType");
  submission_bundle sent;
  if (type == "Bundle") {
    sent.parts = read_bundle(library, document, root);
  } else if (type == "QuestionnaireResponse") {
    sent.parts.push_back(
        {"QuestionnaireResponse", read_part(library, document, root, "QuestionnaireResponse")});
  } else {
    refuse(400, "Send a QuestionnaireResponse, or a Bundle of them.");
  }
  sent.id = identifier_of(root);
  auto const condition = condition_of(asked);
  if (sent.id && condition && *sent.id != *condition) {
    refuse(412, "The identifier in the body and the one in If-None-Exist differ.");
  }
  if (!sent.id) sent.id = condition;
  return sent;
}

}  // namespace

std::variant<submission_bundle, bundle_refusal> read_submission(forms::library const& library,
                                                                request const& asked) {
  // A value more needs a comma more; base64 has none.
  if (std::ranges::count(asked.body, ',') > packet_values_max) {
    return bundle_refusal{outcome_response(413, "There are too many values in one packet.")};
  }
  auto const document = forms::read_json(asked.body, {.bytes_max = packet_with_files_bytes_max});
  if (!document) {
    return bundle_refusal{outcome_response(400, sentence(document.error()))};
  }
  try {
    return read_root(library, asked, *document);
  } catch (refusal_raised& raised) {
    return std::move(raised.refusal);
  }
}

}  // namespace intake::service::fhir
