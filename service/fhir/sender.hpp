#pragma once
#include "db/audit_entry.hpp"
#include "service/application.hpp"
#include "service/call.hpp"

#include <string_view>
#include <variant>

namespace intake::service::fhir {

struct sender_refusal {
  std::string_view sentence;
  int status = 401;
  /// Of a 429: when to come back.
  std::chrono::seconds wait{0};
};

/// Who sends a submission, ready for the audit trail: the holder of a form token (a patient's own
/// program), or a client with credentials and the scope "submit". Holders of tokens are counted.
/// Throws db::unavailable.
std::variant<db::audit_entry, sender_refusal> identify_sender(application&, call const&);

/// Whether that asks nobody: the sender holds a token, or is a client whose row was read just now.
bool sender_is_known(application&, request const&);

}  // namespace intake::service::fhir
