#pragma once
#include <string>

namespace intake::db {

/// Whether a connection string leads over a network without proof of who answers: a host that is
/// no UNIX socket, named there, in libpq's environment or in a service file, without
/// sslmode=verify-full in the string itself. Throws `unavailable` where libpq cannot read it.
bool crosses_network_unproven(std::string const& conninfo);

}  // namespace intake::db
