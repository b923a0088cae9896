#include "db/schema.hpp"
#include "service/commands/commands.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

/// The database's name in a libpq connection string of ours, "dbname=intake".
std::string database_name(std::string const& conninfo) {
  auto const at = conninfo.find("dbname=");
  if (at == std::string::npos) return "intake";
  auto const begin = at + 7;
  return conninfo.substr(begin, conninfo.find(' ', begin) - begin);
}

}  // namespace

exit_code migrate(surroundings const& around, config const& settings,
                  migrate_options const& options) {
  if (!options.bootstrap.empty()) {
    db::bootstrap(options.bootstrap, database_name(settings.database_migrate));
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
