#include "service/commands/client_desk.hpp"

#include "service/audiences.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>

namespace intake::service::commands {

client_desk::client_desk(surroundings const& around, config const& settings)
    : world(around.world),
      keys(read_keys(settings)),
      rows({.conninfo = settings.database_desk}),
      writer(writer_settings(settings, keys.ring, "command"), around.world) {}

void client_desk::audit(std::string action, std::string const& about, db::audit_outcome outcome) {
  db::audit_entry entry;
  entry.action = std::move(action);
  entry.who = db::actor_kind::command;
  entry.actor = machine_user();
  entry.outcome = outcome;
  entry.purpose = "command-line: " + about;
  writer.append(std::move(entry));
}

void require_scopes(std::vector<std::string> const& scopes) {
  for (auto const& each : scopes) {
    if (each == "submit" || each == "submit:eligibility" || audience_of_scope(each)) continue;
    throw command_failed(exit_code::usage, "there is no scope \"" + each + "\"",
                         "known: submit, submit:eligibility, " + scopes_of(every_audience));
  }
}

void require_client_name(std::string const& name) {
  constexpr std::string_view separators = ":,=+";
  bool const plain = std::ranges::all_of(
      name, [&](char c) { return c >= ' ' && c <= '~' && separators.find(c) == separators.npos; });
  if (!name.empty() && name.size() <= 64 && plain) return;
  throw command_failed(exit_code::usage,
                       "a client's name has 1 to 64 plain characters, none of them : , = +");
}

}  // namespace intake::service::commands
