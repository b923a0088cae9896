#pragma once
#include "forms/library.hpp"
#include "service/http/request.hpp"
#include "service/http/response.hpp"
#include "service/receive.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace intake::service::fhir {

/// One response of a submission and where it stood in what was sent.
struct submitted_part {
  std::string place;
  form_draft draft;
};

/// What a client sent: one QuestionnaireResponse, or a Bundle (type collection, batch or
/// transaction) of 1 to 40 of them.
struct submission_bundle {
  /// From Bundle.identifier or QuestionnaireResponse.identifier (urn:ietf:rfc:3986, "urn:uuid:…"),
  /// else from If-None-Exist. Nothing: the request is not idempotent.
  std::optional<certs::uuid> id;
  std::vector<submitted_part> parts;
};

struct bundle_refusal {
  response answer;
};

/// Reads a request's body. A refusal is a whole answer: 400 for what is no strict JSON or no such
/// resource, 422 where the envelope names no form of ours.
std::variant<submission_bundle, bundle_refusal> read_submission(forms::library const&,
                                                                request const&);

}  // namespace intake::service::fhir
