#include "db/backup_checks.hpp"
#include "db/batch_writer.hpp"
#include "db/errors.hpp"
#include "db/schema.hpp"
#include "service/backup/archive.hpp"
#include "service/backup/load.hpp"
#include "service/backup/proof.hpp"
#include "service/backup/report.hpp"
#include "service/backup/scratch_cluster.hpp"
#include "service/commands/backup_commands.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/key_store.hpp"
#include "service/own_database.hpp"
#include "service/writer_settings.hpp"

#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view scratch_database = "intake";

void audit(surroundings const& around, config const& settings, certs::keyring const& keys,
           std::string action, certs::hash256 const& manifest, db::audit_outcome outcome) {
  db::batch_writer writer(writer_settings(settings, keys, "command"), around.world);
  db::audit_entry entry;
  entry.action = std::move(action);
  entry.who = db::actor_kind::command;
  entry.actor = machine_user();
  entry.outcome = outcome;
  entry.purpose = "backup";
  entry.content = manifest;
  writer.append(std::move(entry));
}

void make(surroundings const& around, config const& settings, key_store const& keys,
          backup_options const& options) {
  backup::make_backup({settings, options.config_file, keys.ring, around.world}, options.folder,
                      backup::progress_lines(around.out, around.err));
  backup::archive const made(options.folder, keys.set, keys.ring);
  audit(around, settings, keys.ring, "backup-made", made.name(), db::audit_outcome::done);
  fmt::print(around.out, "Made {}: {}.\n", options.folder, backup::to_sentence(made.contents()));
}

/// A restored copy in a cluster of its own, looked at and thrown away.
backup::proof try_restore(config const& settings, key_store const& keys,
                          backup::archive const& made, backup::progress_report const& report) {
  // Tables are read while they are loaded; configuration, forms and rules by nobody else.
  made.check_files();
  backup::scratch_cluster const cluster(
      {settings.backup_postgres_programs, settings.backup_scratch_folder});
  db::bootstrap(cluster.conninfo("postgres", "postgres"), std::string(scratch_database));
  backup::load_database(made, cluster.conninfo("intake_migrate", scratch_database), report);
  return backup::prove({cluster.conninfo("intake_desk", scratch_database),
                        cluster.conninfo("intake_backup", scratch_database)},
                       made.contents(), keys.ring, keys.keks);
}

backup::proof verified(config const& settings, key_store const& keys, backup::archive const& made,
                       backup::progress_report const& report) {
  try {
    return try_restore(settings, keys, made, report);
  } catch (backup::archive_damaged const& damage) {
    return {.faults = {damage.what()}};
  } catch (db::statement_refused const& refused) {
    return {.faults = {std::string("it can't be restored: ") + refused.what()}};
  }
}

void record(surroundings const& around, config const& settings, key_store const& keys,
            backup::archive const& made, backup::proof const& proven) {
  bool const good = proven.faults.empty();
  db::pool desk({.conninfo = settings.database_desk});
  db::add_backup_check(desk, {.checked = around.world.now(),
                              .made = made.contents().facts.taken,
                              .manifest = made.name(),
                              .submissions = static_cast<std::int64_t>(proven.submissions),
                              .outcome = good ? db::check_outcome::good : db::check_outcome::bad,
                              .actor = machine_user()});
  audit(around, settings, keys.ring, "backup-verified", made.name(),
        good ? db::audit_outcome::done : db::audit_outcome::failed);
}

/// The backups beside `newest` that this installation made; says which ones it leaves alone.
std::vector<std::pair<fs::path, backup::own_list>> siblings(surroundings const& around,
                                                            key_store const& keys,
                                                            fs::path const& newest) {
  std::vector<std::pair<fs::path, backup::own_list>> found;
  auto const itself = (fs::absolute(newest) / "").lexically_normal().parent_path();
  for (auto const& entry : fs::directory_iterator(itself.parent_path())) {
    if (!entry.is_directory() || !backup::is_finished(entry.path().string())) continue;
    if (fs::equivalent(entry.path(), newest)) continue;
    try {
      found.emplace_back(entry.path(), backup::read_own_list(entry.path().string(), keys.ring));
    } catch (command_failed const& foreign) {
      fmt::print(around.out, "Left {} alone: {}.\n", entry.path().string(), foreign.what());
    }
  }
  return found;
}

/// What retention and the end of a key count on: after keep_days no backup opens what was
/// destroyed.
void prune(surroundings const& around, config const& settings, key_store const& keys,
           fs::path const& newest) {
  auto const oldest = around.world.now() - std::chrono::days(settings.backup_keep_days);
  for (auto const& [folder, list] : siblings(around, keys, newest)) {
    if (list.contents.facts.taken >= oldest) continue;
    audit(around, settings, keys.ring, "backup-removed", list.name, db::audit_outcome::done);
    fs::remove_all(folder);
    fmt::print(around.out, "Removed {}: older than {} days.\n", folder.string(),
               settings.backup_keep_days);
  }
}

}  // namespace

exit_code backup(surroundings const& around, config const& settings,
                 backup_options const& options) {
  auto const keys = read_keys(settings);
  require_own_database(settings, keys.ring);
  if (!options.verify || !backup::is_finished(options.folder)) {
    make(around, settings, keys, options);
  }
  if (!options.verify) return exit_code::good;
  backup::archive const made(options.folder, keys.set, keys.ring);
  backup::require_readable(made.contents());
  fmt::print(around.out, "Restoring it into a throw-away PostgreSQL:\n");
  auto const proven =
      verified(settings, keys, made, backup::progress_lines(around.out, around.err));
  backup::print(around.out, proven);
  record(around, settings, keys, made, proven);
  fmt::print(around.out, "{}\n",
             proven.faults.empty() ? "The backup is good, and that is written down."
                                   : "The backup is NOT good. Make another one, and keep this one "
                                     "until you know why.");
  if (!proven.faults.empty()) return exit_code::input_bad;
  if (options.prune) prune(around, settings, keys, options.folder);
  return exit_code::good;
}

}  // namespace intake::service::commands
