#include "certs/utc_text.hpp"
#include "service/commands/key_acts.hpp"
#include "service/key_watch.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::string_view word_of(certs::kek const& kek, certs::kek const* pending) {
  if (kek.state == certs::kek_state::current) return "current";
  return &kek == pending ? "not yet used" : "decrypt-only";
}

std::string advice(config const& settings, certs::utc_time now, certs::kek const& kek,
                   std::int64_t wraps) {
  std::string said;
  if (!was_escrowed(settings, kek.id)) said += ", NOT PRINTED: `intake key escrow`";
  if (kek.state != certs::kek_state::current) return said;
  if (now - kek.created > kek_age_max) said += ", older than a year: `intake key rotate`";
  if (wraps > wraps_per_kek_max) said += ", WORN by too many wraps: `intake key rotate`";
  return said;
}

}  // namespace

exit_code key_list(surroundings const& around, config const& settings) {
  auto const keys = read_keys(settings);
  auto const counts = db::count_wrapped_keys(settings.database_rekey);
  db::pool rekey({.conninfo = settings.database_rekey, .connections_max = 1});
  auto const* pending = pending_kek(keys.set);
  for (auto const& each : keys.set.keks) {
    auto const rows = rows_under(counts, each.id);
    auto const wraps = std::max(rows, db::kek_wraps(rekey, each.id));
    fmt::print(around.out, "{}  {}{}, made {}, {} rows, {} wraps{}\n", each.id,
               word_of(each, pending), each.home == certs::kek_home::token ? ", in the token" : "",
               certs::utc_text(each.created), rows, wraps,
               advice(settings, around.world.now(), each, wraps));
  }
  bool missing = false;
  for (auto const& each : counts) {
    if (certs::find_kek(keys.set, each.kek) != nullptr) continue;
    missing = true;
    fmt::print(around.out, "{}  NOT IN THE KEY FILE, {} rows that never open without it\n",
               each.kek, each.rows);
  }
  return missing ? exit_code::input_bad : exit_code::good;
}

}  // namespace intake::service::commands
