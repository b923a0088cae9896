#include "service/commands/key_acts.hpp"

#include "db/batch_writer.hpp"
#include "db/errors.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/files.hpp"
#include "service/key_watch.hpp"
#include "service/production.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace intake::service::commands {

certs::kek const& current_kek(certs::key_set const& keys) {
  return *std::ranges::find(keys.keks, certs::kek_state::current, &certs::kek::state);
}

// Keys are appended as they are made, and the switch only ever goes to a later one.
certs::kek const* pending_kek(certs::key_set const& keys) {
  return keys.keks.back().state == certs::kek_state::current ? nullptr : &keys.keks.back();
}

bool was_escrowed(config const& settings, std::string const& kek) {
  auto const record = escrow_record_file(settings);
  return std::filesystem::exists(record) && read_file(record).find(kek + "\n") != std::string::npos;
}

void audit_key_act(surroundings const& around, config const& settings, key_store const& keys,
                   std::string action, std::string const& kek) {
  db::batch_writer writer(writer_settings(settings, keys.ring, "command"), around.world);
  db::audit_entry entry;
  entry.action = std::move(action);
  entry.who = db::actor_kind::command;
  entry.actor = machine_user();
  entry.purpose = "key " + kek;
  writer.append(std::move(entry));
}

void audit_key_act_if_possible(surroundings const& around, config const& settings,
                               key_store const& keys, std::string const& action) {
  try {
    // A writer would wait for a database that is not there.
    if (db::pool({.conninfo = settings.database_portal}).reachable()) {
      return audit_key_act(around, settings, keys, action, current_kek(keys.set).id);
    }
  } catch (db::database_error const&) {
    // Said below: it is there, and takes no entry yet.
  }
  fmt::print(around.err, "The audit trail does not tell of this ({}): no database took it.\n",
             action);
}

std::vector<std::string> instances_without(surroundings const& around, config const& settings,
                                           std::string const& kek, reader_need need) {
  db::pool desk({.conninfo = settings.database_desk});
  std::vector<std::string> found;
  for (auto const& each : db::list_key_readers(desk, around.world.now() - key_reader_silent_max)) {
    bool const good = need == reader_need::wraps_with
                          ? each.current_kek == kek
                          : std::ranges::find(each.keks, kek) != each.keks.end();
    if (!good) found.push_back(each.instance);
  }
  return found;
}

std::int64_t rows_under(std::vector<db::kek_rows> const& counts, std::string const& kek) {
  auto const found = std::ranges::find(counts, kek, &db::kek_rows::kek);
  return found == counts.end() ? 0 : found->rows;
}

}  // namespace intake::service::commands
