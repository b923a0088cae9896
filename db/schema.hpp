#pragma once
#include "certs/hash_chain.hpp"

#include <span>
#include <string>
#include <string_view>

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

/// What this program was built with, in the order of their numbers.
std::span<migration const> embedded_migration_list();

/// The same from a file's name and text; aborts where either is not as described above.
migration read_migration(std::string_view name, std::string_view sql);

struct migration_outcome {
  int before = 0;
  int after = 0;
};

/// Makes the roles and the database where they are missing; changes nothing that is there. Needs a
/// superuser's connection string (to any database). Throws `unavailable` or `statement_refused`.
void bootstrap(std::string const& superuser_conninfo, std::string const& database);

/// Brings the database to `steps` as role intake_migrate, one transaction a step, under an advisory
/// lock: a second migrate waits for the first (at most `lock_wait_seconds`, then `schema_refused`)
/// and finds nothing to do. Throws `schema_refused` where the database is newer than this program
/// or was made by other migrations than these.
migration_outcome migrate(std::string const& conninfo,
                          std::span<migration const> steps = embedded_migration_list(),
                          int lock_wait_seconds = 30);

/// What `serve` asks before it starts: the schema of `steps`, or a newer one that says it still
/// works with this program. Throws `schema_refused`, whose sentence ends with what to do, or
/// `unavailable`.
void require_schema(std::string const& conninfo,
                    std::span<migration const> steps = embedded_migration_list());

}  // namespace intake::db
