#pragma once
#include "certs/hash_chain.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// A step of the schema: `0001_core.sql`, forward only, applied once in one transaction.
struct migration {
  int number = 0;
  std::string_view name;
  std::string_view sql;
  /// The oldest schema number whose program still works after this step; first line `-- works-from:
  /// N`.
  int works_from = 0;
  certs::hash256 hash{};
};

/// What this program was built with, in order.
std::vector<migration> const& embedded_migration_list();

struct migration_outcome {
  int before = 0;
  int after = 0;
};

/// Makes the login roles, the owner and the database where they are missing; changes nothing that
/// is there. Needs a superuser's connection string (any database). Throws `unavailable` or
/// `statement_refused`.
void bootstrap(std::string const& superuser_conninfo, std::string const& database);

/// Brings the database to this program's schema as role intake_migrate, one migration a time, under
/// an advisory lock: a second migrate waits `lock_wait_seconds` and is refused then. Throws
/// `schema_refused` where the database is newer than this program, or a migration already applied
/// was another text.
migration_outcome migrate(std::string const& conninfo, int lock_wait_seconds = 30);

/// What `serve` asks before it starts: this program's schema, or a newer one that says it still
/// works with this program. Throws `schema_refused` with a hint, or `unavailable`.
void require_schema(std::string const& conninfo);

}  // namespace intake::db
