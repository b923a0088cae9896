#pragma once
#include "service/application.hpp"
#include "service/audiences.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <string>
#include <variant>

namespace intake::service::fhir {

/// A client that may read something of what packets hold.
struct client_reader {
  std::string id;
  /// Whose answers its scopes let it see.
  audience_set audiences;
};

/// Who asks, or the refusal: it must have a scope of one of these audiences. A refusal of a client
/// that is known is in the audit trail.
std::variant<client_reader, response> identify_reader(application&, call const&,
                                                      audience_set any_of);

/// An entry for the trail about what a client does.
db::audit_entry entry_of_client(call const&, client_reader const&, std::string action);

/// The same for who may have payers asked: the scope submit:eligibility.
std::variant<client_reader, response> identify_asker(application&, call const&);

}  // namespace intake::service::fhir
