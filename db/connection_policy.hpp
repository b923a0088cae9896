#pragma once
#include <string>

namespace intake::db {

/// Whether a connection string leads over a network without proof of who answers: a host that is
/// no UNIX socket, without sslmode=verify-full. Throws `unavailable` where libpq cannot read it.
bool crosses_network_unproven(std::string const& conninfo);

}  // namespace intake::db
