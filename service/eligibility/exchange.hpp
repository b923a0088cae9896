#pragma once
#include "service/eligibility/core_envelope.hpp"
#include "service/http/client/https_client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What came of one question over the line. That the server said 200 proves nothing: what it sent
/// is looked at.
namespace intake::service::eligibility {

enum class ask_fault : std::uint8_t {
  bad_settings,
  cannot_connect,
  server_unverified,
  client_refused,
  timed_out,
  cut_off,
  too_large,
  stopped,
  credentials,       ///< HTTP 401, 403
  busy,              ///< HTTP 429, 5xx
  refused,           ///< any other status that is no success
  envelope_refused,  ///< the envelope came back with an error code of its own
  empty,
  html,
  json,
  soap_fault,
  xml,
  no_payload,
  not_x12,
  // What the answer's reader found:
  rejected,     ///< TA1 or 999: the question itself was refused
  no_answer,    ///< X12, but no answer to this question in it
  cannot_send,  ///< the form or the tables lack what a question needs
  record_closed
};

/// "timed-out", as it is stored.
std::string_view name_of(ask_fault);
std::optional<ask_fault> ask_fault_from(std::string_view name);
/// A sentence for billing that says what happened and what to do.
std::string_view words_of(ask_fault);
/// Whether the same question may succeed a little later without anybody doing anything.
bool may_pass(ask_fault);

struct exchange_fault {
  ask_fault what = ask_fault::cut_off;
  /// "HTTP 503", or the envelope's own error code; letters, digits and spaces, at most 64.
  std::string detail{};
};
/// The X12 that came back, or why there is none.
using exchange_outcome = std::variant<std::string, exchange_fault>;

exchange_outcome look_at(https_outcome const&, core_field_names const&);

}  // namespace intake::service::eligibility
