#include "db/connection_policy.hpp"
#include "db/errors.hpp"
#include "db/schema.hpp"
#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

void bootstrap(config const& settings, std::string const& superuser) {
  try {
    db::bootstrap(superuser, db::database_name(settings.database_migrate));
  } catch (db::statement_refused const& refused) {
    if (refused.sqlstate() == "42501") {
      throw command_failed(exit_code::world,
                           "the user of --bootstrap may not make roles or databases",
                           "name PostgreSQL's superuser: --bootstrap \"host=/run/postgresql "
                           "dbname=postgres user=postgres\"");
    }
    // Somebody made a role or the database between our look and our act.
    if (refused.sqlstate().starts_with("23") || refused.sqlstate().starts_with("42")) {
      throw command_failed(exit_code::world, "somebody else is making the roles at this moment",
                           "call the command again: what is there already is left as it is");
    }
    throw;
  }
}

}  // namespace

exit_code migrate(surroundings const& around, config const& settings,
                  migrate_options const& options) {
  if (!options.bootstrap.empty()) {
    bootstrap(settings, options.bootstrap);
  }
  auto const outcome = db::migrate(settings.database_migrate);
  if (outcome.before == outcome.after) {
    fmt::print(around.out, "The database is at schema {}; nothing to do.\n", outcome.after);
  } else {
    fmt::print(around.out, "The database went from schema {} to {}.\n", outcome.before,
               outcome.after);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
