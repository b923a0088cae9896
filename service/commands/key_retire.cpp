#include "certs/utc_text.hpp"
#include "service/commands/key_acts.hpp"
#include "service/key_lock.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

[[noreturn]] void refuse(std::string const& sentence, std::string hint) {
  throw command_failed(exit_code::refused, sentence, std::move(hint));
}

void require_no_rows(config const& settings, std::string const& id) {
  auto const rows = rows_under(db::count_wrapped_keys(settings.database_rekey), id);
  if (rows == 0) return;
  refuse(fmt::format("{} rows are still under {}", rows, id), "run `intake key rotate` first");
}

/// Every backup that is kept was made after no row needed the key any more.
void require_no_backup(surroundings const& around, config const& settings, std::string const& id) {
  db::pool rekey({.conninfo = settings.database_rekey, .connections_max = 1});
  auto const since = db::emptied_since(rekey, id);
  if (!since) refuse("it is not known since when no row is under " + id, "run `intake key rotate`");
  auto const until = *since + std::chrono::days(settings.backup_keep_days);
  if (around.world.now() >= until) return;
  refuse(fmt::format("backups that are kept ([backup] keep_days = {}) still need {}",
                     settings.backup_keep_days, id),
         "it can be retired from " +
             certs::utc_text(std::chrono::ceil<std::chrono::seconds>(until)) + " on");
}

}  // namespace

exit_code key_retire(surroundings const& around, config const& settings,
                     key_retire_options const& options) {
  key_lock const alone(settings);
  auto keys = read_keys(settings);
  if (certs::find_kek(keys.set, options.id) == nullptr) {
    throw command_failed(exit_code::usage, "there is no key " + options.id,
                         "`intake key list` names them");
  }
  if (current_kek(keys.set).id == options.id) {
    refuse(options.id + " is the current key", "`intake key rotate` puts another in its place");
  }
  require_no_rows(settings, options.id);
  require_no_backup(around, settings, options.id);
  audit_key_act(around, settings, keys, "key-retired", options.id);
  bool const in_token = certs::find_kek(keys.set, options.id)->home == certs::kek_home::token;
  certs::remove_kek(keys.set, options.id);
  save_keys(settings, around.world, keys.set, keys.unlocks);
  if (in_token) keys.unlocks.token->destroy_key(options.id);
  fmt::print(around.out,
             "{} is no longer in {}. Backups from before need a sheet from before: keep one, or "
             "destroy both. Print a new sheet for what comes.\n",
             options.id, settings.keys_file);
  return exit_code::good;
}

}  // namespace intake::service::commands
