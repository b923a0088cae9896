#include "db/connection_policy.hpp"
#include "db/schema.hpp"
#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
exit_code migrate(surroundings const& around, config const& settings,
                  migrate_options const& options) {
  if (!options.bootstrap.empty()) {
    db::bootstrap(options.bootstrap, db::database_name(settings.database_migrate));
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
