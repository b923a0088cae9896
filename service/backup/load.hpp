#pragma once
#include "service/backup/archive.hpp"

#include <string>

namespace intake::service::backup {

/// Throws command_failed where this program can't read the backup's schema: it is newer, or of
/// another history. Asks nothing of a database.
void require_readable(manifest const&);

/// Brings an unused database to the backup's schema, fills it, and migrates it to this program's.
/// `conninfo` is of role intake_migrate. Where it throws, no row is left behind.
void load_database(archive const&, std::string const& conninfo, progress_report const&);

}  // namespace intake::service::backup
