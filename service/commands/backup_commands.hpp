#pragma once
#include "service/commands/commands.hpp"

#include <string>

namespace intake::service::commands {

struct backup_options {
  std::string folder;
  /// Where the settings were read from: it goes into the backup.
  std::string config_file;
  bool verify = false;
  /// After a good one, finished backups of this installation beside it that are older than [backup]
  /// keep_days are removed.
  bool prune = false;
};
/// Makes a backup where the folder holds none; with `verify` also restores it into a throw-away
/// PostgreSQL, opens it, and writes down how that ended. 1: the backup is not good.
exit_code backup(surroundings const&, config const&, backup_options const&);

struct restore_options {
  std::string folder;
  /// A key file, or an escrow sheet as it was typed in.
  std::string key_file;
  /// A superuser's connection string: makes roles and database first. Empty: they are there.
  std::string bootstrap;
  /// A new folder for configuration, forms and rules; empty: they stay in the backup.
  std::string files;
};
/// Fills an unused database from a backup and proves it. Nothing is written before the keys are
/// known to be right and every file of the backup has opened.
exit_code restore(surroundings const&, config const&, restore_options const&);

}  // namespace intake::service::commands
