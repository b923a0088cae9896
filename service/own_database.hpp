#pragma once
#include "certs/keyring.hpp"
#include "service/config.hpp"

namespace intake::service {

/// Rows sealed and entries written with another installation's keys could never be taken out of
/// tables that are only added to. Throws command_failed (refused) where the database's audit trail
/// was written with other keys; a database that does not answer, or has no schema yet, is left to
/// who needs it.
void require_own_database(config const&, certs::keyring const&);

}  // namespace intake::service
