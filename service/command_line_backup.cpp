#include "service/command_line_builder.hpp"

#include <CLI/CLI.hpp>

namespace intake::service {

void line_builder::add_backup(CLI::App& app) {
  auto* make = app.add_subcommand(
      "backup", "Write everything but the keys, sealed, into a new folder while the service runs");
  make->add_option("DIR", line_.backup.folder, "A new folder for this backup")->required();
  make->add_flag("--verify", line_.backup.verify,
                 "Restore it into a throw-away PostgreSQL, open it, and write down the result; "
                 "makes it first where DIR holds none");
  make->add_flag(
          "--prune", line_.backup.prune,
          "When it is good, remove this installation's backups beside it that are older than "
          "[backup] keep_days")
      ->needs("--verify");
  on(make, [this] {
    line_.backup.config_file = line_.config_file;
    return commands::backup(around_, settings(), line_.backup);
  });

  auto* restore =
      app.add_subcommand("restore", "Fill an empty database from a backup and prove that it opens");
  auto& r = line_.restore;
  restore->add_option("DIR", r.folder, "Folder of the backup")->required();
  restore->add_option("--key", r.key_file, "The key file, or the escrow sheet as you typed it in")
      ->required();
  restore->add_option("--bootstrap", r.bootstrap,
                      "Make roles and database first, as this superuser (libpq connection string)");
  restore->add_option("--files", r.files,
                      "Also write configuration, forms and rules into this new folder");
  on(restore, [this] { return commands::restore(around_, settings(), line_.restore); });
}

}  // namespace intake::service
