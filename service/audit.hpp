#pragma once
#include "db/audit_entry.hpp"
#include "service/call.hpp"

#include <string>

namespace intake::service {

/// An entry for the audit trail about this call: by the signed-in person, or by a patient where the
/// route asks nobody to sign in; with the route's purpose, the request and its address.
db::audit_entry entry_of(call const&, std::string action);

}  // namespace intake::service
