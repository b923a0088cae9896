#include "db/batch_writer.hpp"
#include "db/connection_policy.hpp"
#include "db/schema.hpp"
#include "service/backup/archive.hpp"
#include "service/backup/load.hpp"
#include "service/backup/proof.hpp"
#include "service/backup/report.hpp"
#include "service/backup/targets.hpp"
#include "service/commands/backup_commands.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/key_store.hpp"
#include "service/writer_settings.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

void require_unused(config const& settings) {
  if (db::is_unused(settings.database_migrate)) return;
  throw command_failed(exit_code::refused, "the database has rows already; nothing was written",
                       "restore into an empty database: name one in [database], or drop this one "
                       "if it is really of no use");
}

/// A key file that is there already must be of the same installation, or the service would seal new
/// forms under keys that open none of the old.
void require_same_keys(config const& settings, std::string const& folder) {
  if (!std::filesystem::exists(settings.keys_file)) return;
  auto const here = read_keys(settings);
  try {
    backup::archive const opened(folder, here.set, here.ring);
  } catch (command_failed const&) {
    throw command_failed(
        exit_code::refused,
        settings.keys_file +
            " is there already and is not the key file of this backup; nothing was "
            "written",
        "move it away, or restore where [keys] file names no file yet");
  }
}

void audit_restored(surroundings const& around, config const& settings, key_store const& keys,
                    certs::hash256 const& manifest) {
  db::batch_writer writer(writer_settings(settings, keys.ring, "command"), around.world);
  db::audit_entry entry;
  entry.action = "backup-restored";
  entry.who = db::actor_kind::command;
  entry.actor = machine_user();
  entry.purpose = "backup";
  entry.content = manifest;
  writer.append(std::move(entry));
}

/// A full database is not restored into again, so what comes after it must not fail for its place.
void require_targets(config const& settings, restore_options const& options) {
  if (!options.files.empty()) {
    backup::require_new_folder(options.files);
    backup::require_can_write(options.files, "--files names a folder that can be made");
  }
  if (std::filesystem::exists(settings.keys_file)) return;
  backup::require_can_write(std::filesystem::path(settings.keys_file).parent_path(),
                            "[keys] file names where the keys are written");
}

/// On a new machine the keys that opened the backup become those of the installation.
void install_keys(surroundings const& around, config const& settings, key_store& keys) {
  if (std::filesystem::exists(settings.keys_file)) return;
  std::filesystem::create_directories(std::filesystem::path(settings.keys_file).parent_path());
  create_keys(settings, around.world, keys.set, keys.unlocks);
  fmt::print(around.out, "Wrote the keys to {}.\n", settings.keys_file);
}

void check_all(surroundings const& around, backup::archive const& from) {
  std::uint64_t bytes = 0;
  try {
    from.check([&bytes](backup::progress_step const& step) { bytes += step.bytes; });
  } catch (backup::archive_damaged const& damage) {
    throw command_failed(exit_code::input_bad, damage.what(),
                         "nothing was written; use another backup");
  }
  fmt::print(around.out, "Every file opens ({:.1f} MB): {}.\n", static_cast<double>(bytes) / 1e6,
             backup::to_sentence(from.contents()));
}

}  // namespace

exit_code restore(surroundings const& around, config const& settings,
                  restore_options const& options) {
  auto keys = read_keys_from(settings, options.key_file);
  backup::archive const from(options.folder, keys.set, keys.ring);
  backup::require_readable(from.contents());
  require_same_keys(settings, options.folder);
  require_targets(settings, options);
  check_all(around, from);
  if (!options.bootstrap.empty()) {
    db::bootstrap(options.bootstrap, db::database_name(settings.database_migrate));
  }
  require_unused(settings);
  backup::load_database(from, settings.database_migrate,
                        backup::progress_lines(around.out, around.err));
  install_keys(around, settings, keys);
  if (!options.files.empty()) {
    from.unpack_files(options.files);
    fmt::print(around.out, "Wrote configuration, forms and rules to {}.\n", options.files);
  }
  auto const proven = backup::prove({settings.database_desk, settings.database_backup},
                                    from.contents(), keys.ring, keys.keks);
  backup::print(around.out, proven);
  if (proven.faults.empty()) audit_restored(around, settings, keys, from.name());
  fmt::print(around.out, "{}\n",
             proven.faults.empty()
                 ? "Everything is there and opens."
                 : "Not everything is as it was backed up: do not start the service on it.");
  return proven.faults.empty() ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
