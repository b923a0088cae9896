#pragma once
#include <string>

namespace intake::db {

/// Whether a connection string leads over a network without proof of who answers: a host that is
/// no UNIX socket, named there, in libpq's environment or in a service file, without
/// sslmode=verify-full in the string itself. Throws `unavailable` where libpq cannot read it.
bool crosses_network_unproven(std::string const& conninfo);

/// The database that a connection string names; "intake" where it names none. Throws `unavailable`
/// where libpq cannot read it.
std::string database_name(std::string const& conninfo);

/// Whether nobody may be shown it: it holds a password, or libpq cannot read it.
bool holds_password(std::string const& conninfo);

}  // namespace intake::db
