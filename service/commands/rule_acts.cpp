#include "service/commands/rule_acts.hpp"

#include "certs/receipt.hpp"
#include "db/rule_sets.hpp"
#include "service/clinic/effective.hpp"
#include "service/rule_change.hpp"
#include "service/rule_store.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

// Below this the beginning of a name is a guess.
constexpr std::size_t hash_characters_min = 8;

[[noreturn]] void no_such_set(std::string const& said) {
  throw command_failed(exit_code::usage, "there is no rule set " + said + " in the database",
                       "`intake rules list` names them; `intake rules import FOLDER` adds one");
}

std::string spoken(std::string const& receipt) {
  auto const read = certs::parse_receipt(receipt);
  return read ? certs::spoken_form(*read) : receipt;
}

}  // namespace

std::string machine_user() {
  return fmt::format("uid {}", ::getuid());
}

rule_desk::rule_desk(surroundings const& around, config const& settings)
    : world(around.world),
      parts(settings),
      desk({.conninfo = settings.database_desk}),
      writer(writer_settings(settings, parts.keys(), "command"), around.world),
      today(std::chrono::sys_days{parts.clock().date(around.world.now())}),
      settings_(settings) {}

locations rule_desk::places() {
  auto const now = clinic::read_effective(settings_, desk);
  return locations(now.settings, now.places);
}

db::audit_entry rule_desk::entry(std::string action) {
  db::audit_entry made;
  made.action = std::move(action);
  made.who = db::actor_kind::command;
  made.actor = machine_user();
  made.purpose = "command-line";
  return made;
}

void rule_desk::audit(std::string action, std::string const& hash, db::audit_outcome outcome) {
  auto made = entry(std::move(action));
  made.purpose = "rule set " + hash;
  made.outcome = outcome;
  writer.append(std::move(made));
}

std::string full_hash(db::pool& desk, std::string const& beginning) {
  if (beginning.size() < hash_characters_min) {
    throw command_failed(
        exit_code::usage,
        fmt::format("name a rule set by at least {} characters of its name", hash_characters_min));
  }
  std::string found;
  for (auto const& each : db::list_rule_sets(desk)) {
    auto name = hash_text(each.hash);
    if (!name.starts_with(beginning)) continue;
    if (!found.empty()) {
      throw command_failed(exit_code::usage, "two rule sets begin with " + beginning,
                           "write more of the name");
    }
    found = std::move(name);
  }
  if (found.empty()) no_such_set(beginning);
  return found;
}

std::shared_ptr<named_rule_set const> rules_from(std::string const& said, db::pool* desk) {
  if (std::filesystem::is_directory(said)) {
    try {
      return load_rules(said);
    } catch (std::exception const& error) {
      throw command_failed(exit_code::input_bad, error.what());
    }
  }
  if (desk == nullptr) {
    throw command_failed(exit_code::usage, said + " is not a folder",
                         "a set of the database needs the installation's --config FILE");
  }
  return stored_rules(*desk, *parse_hash(full_hash(*desk, said)));
}

void print_call_list(std::FILE* out, rule_desk& home, named_rule_set const& from,
                     named_rule_set const& to, forms::insurance::date from_day) {
  auto const changes = changed_decisions(
      {home.desk, home.parts.keks(), home.writer, rule_desk::entry("decisions-compared")},
      visits_to_come(home.desk, home.places(), home.world.now()), from.set, to.set);
  auto const list = call_list(changes, from_day);
  fmt::print(out, "{} of {} decisions would change, {} of them for visits still to come{}\n",
             changes.changed.size(), changes.walk.decisions, list.size(), list.empty() ? "." : ":");
  for (auto const& each : list) {
    fmt::print(out, "  {} on {}: {} ({}) -> {} ({})\n    say: {}\n", spoken(each.receipt),
               forms::insurance::write_date(each.date_of_service),
               forms::insurance::to_word(each.change.before), each.change.rule_before,
               forms::insurance::to_word(each.change.after), each.change.rule_after,
               each.change.patient.en);
  }
  for (auto const& receipt : changes.unreadable) {
    fmt::print(out, "  {} can't be opened; `intake audit verify` says more\n", spoken(receipt));
  }
}

}  // namespace intake::service::commands
