#include "certs/envelope.hpp"
#include "service/commands/key_acts.hpp"
#include "service/key_lock.hpp"
#include "service/own_database.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

constexpr std::int64_t progress_rows = 10'000;
/// A row that changed while it was re-wrapped waits for the next pass; so many are plenty.
constexpr int passes_max = 20;

std::string joined(std::vector<std::string> const& names) {
  std::string all;
  for (auto const& each : names) all += (all.empty() ? "" : ", ") + each;
  return all;
}

/// From a key file to a token is a rotation like any other.
void make_in_token(config const& settings, key_store& keys, std::string const& id) {
  if (!keys.unlocks.token) keys.unlocks.token = open_token(settings);
  keys.unlocks.token->make_key(id);
}

exit_code begin(surroundings const& around, config const& settings, key_store& keys) {
  auto const home = home_of_new_keks(settings);
  auto const id = certs::add_kek(keys.set, around.world, home);
  audit_key_act(around, settings, keys, "key-added", id);
  if (home == certs::kek_home::token) make_in_token(settings, keys, id);
  save_keys(settings, around.world, keys.set, keys.unlocks);
  fmt::print(around.out,
             "Step 1 of 3: made {}; nothing is sealed with it yet.\n"
             "Now print a new sheet (`intake key escrow`), restart every instance one by one so "
             "that each can read the new key, and call `intake key rotate` again.\n",
             id);
  return exit_code::good;
}

exit_code switch_over(surroundings const& around, config const& settings, key_store& keys,
                      std::string const& id) {
  if (!was_escrowed(settings, id)) {
    throw command_failed(exit_code::refused, "the new key " + id + " was never printed",
                         "run `intake key escrow` first: what is sealed with it would be lost "
                         "with this disk");
  }
  auto const behind = instances_without(around, settings, id, reader_need::holds);
  if (!behind.empty()) {
    throw command_failed(exit_code::refused,
                         "these instances do not have the new key yet: " + joined(behind),
                         "restart them; one that was stopped is forgotten after 3 minutes");
  }
  certs::make_current(keys.set, id);
  audit_key_act(around, settings, keys, "key-switched", id);
  save_keys(settings, around.world, keys.set, keys.unlocks);
  fmt::print(around.out,
             "Step 2 of 3: {} is the current key.\n"
             "Now restart every instance one by one so that each seals with it, and call `intake "
             "key rotate` again.\n",
             id);
  return exit_code::good;
}

/// Keeps to so many rows a second, and says how far it got.
class pace {
 public:
  pace(surroundings const& around, int rows_per_second)
      : around_(around),
        rows_per_second_(rows_per_second),
        began_(std::chrono::steady_clock::now()),
        watched_(::isatty(::fileno(around.err)) == 1) {}

  void reached(std::int64_t rows) {
    if (watched_ && rows / progress_rows != said_ / progress_rows) {
      fmt::print(around_.err, "\r{} rows", rows);
      said_ = rows;
    }
    if (rows_per_second_ <= 0) return;
    std::this_thread::sleep_until(began_ +
                                  std::chrono::milliseconds(rows * 1000 / rows_per_second_));
  }

 private:
  surroundings const& around_;
  int rows_per_second_;
  std::chrono::steady_clock::time_point began_;
  bool watched_;
  std::int64_t said_ = 0;
};

std::int64_t rewrap_all(surroundings const& around, config const& settings, key_store const& keys,
                        int rows_per_second) {
  pace speed(around, rows_per_second);
  std::int64_t before = 0;
  db::rewrap_pass pass{keys.keks.current_id(),
                       [&keys](certs::wrapped_key const& old) {
                         auto renewed = certs::rewrap(keys.keks, old);
                         if (renewed) return std::move(*renewed);
                         throw command_failed(
                             exit_code::input_bad,
                             fmt::format("a data key under {} does not open: {}", old.kek_id,
                                         certs::sentence(renewed.error())),
                             "`intake audit verify` says which records were changed");
                       },
                       [&](std::int64_t rows) { speed.reached(before + rows); }};
  for (int i = 0; i < passes_max; ++i) {
    auto const changed = db::rewrap_rows(settings.database_rekey, pass);
    before += changed;
    if (changed == 0) break;
  }
  return before;
}

void note_emptied(surroundings const& around, config const& settings, key_store const& keys,
                  std::vector<db::kek_rows> const& before) {
  db::pool rekey({.conninfo = settings.database_rekey, .connections_max = 1});
  for (auto const& each : keys.set.keks) {
    if (each.id == keys.keks.current_id()) continue;
    if (rows_under(before, each.id) == 0 && db::emptied_since(rekey, each.id)) continue;
    db::note_emptied(rekey, each.id, around.world.now());
  }
}

exit_code rewrap(surroundings const& around, config const& settings, key_store const& keys,
                 std::vector<db::kek_rows> const& before, int rows_per_second) {
  auto const changed = rewrap_all(around, settings, keys, rows_per_second);
  auto const current = keys.keks.current_id();
  if (changed > 0) {
    db::pool rekey({.conninfo = settings.database_rekey, .connections_max = 1});
    db::add_kek_wraps(rekey, current, changed);
    audit_key_act(around, settings, keys, "key-rewrapped", current);
  }
  auto const behind = instances_without(around, settings, current, reader_need::wraps_with);
  fmt::print(around.out, "Step 3 of 3: {} data keys were re-wrapped under {}.\n", changed, current);
  if (!behind.empty()) {
    fmt::print(around.out,
               "These instances still seal with an older key: {}. Restart them, then call `intake "
               "key rotate` once more.\n",
               joined(behind));
    return exit_code::good;
  }
  note_emptied(around, settings, keys, before);
  fmt::print(around.out,
             "No row is under an older key. `intake key retire ID` removes one when no backup "
             "needs it any more ({} days).\n",
             settings.backup_keep_days);
  return exit_code::good;
}

}  // namespace

exit_code key_rotate(surroundings const& around, config const& settings,
                     key_rotate_options const& options) {
  key_lock const alone(settings);
  auto keys = read_keys(settings);
  require_own_database(settings, keys.ring);
  if (auto const* pending = pending_kek(keys.set)) {
    return switch_over(around, settings, keys, pending->id);
  }
  auto const counts = db::count_wrapped_keys(settings.database_rekey);
  auto const current = current_kek(keys.set).id;
  bool const all_current = counts.empty() || (counts.size() == 1 && counts[0].kek == current);
  db::pool rekey({.conninfo = settings.database_rekey, .connections_max = 1});
  bool settled = all_current;
  for (auto const& each : keys.set.keks) {
    if (each.id != current && !db::emptied_since(rekey, each.id)) settled = false;
  }
  if (settled) return begin(around, settings, keys);
  return rewrap(around, settings, keys, counts, options.rows_per_second);
}

}  // namespace intake::service::commands
