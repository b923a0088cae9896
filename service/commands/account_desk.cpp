#include "service/commands/account_desk.hpp"

#include "service/commands/rule_acts.hpp"
#include "service/writer_settings.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

account_home::account_home(surroundings const& around, config const& settings)
    : world(around.world),
      keys(read_keys(settings)),
      rows({.conninfo = settings.database_desk}),
      writer(writer_settings(settings, keys.ring, "command"), around.world) {}

void account_home::audit(std::string action, certs::uuid account, db::audit_outcome outcome) {
  db::audit_entry entry;
  entry.action = std::move(action);
  entry.who = db::actor_kind::command;
  entry.actor = machine_user();
  entry.outcome = outcome;
  entry.subject = account;
  entry.purpose = "command-line";
  writer.append(std::move(entry));
}

db::account account_home::find(std::string const& name) {
  if (auto found = db::find_account(rows, name)) return std::move(*found);
  throw command_failed(exit_code::input_bad, "there is no account \"" + name + "\"",
                       "`intake account list` names them");
}

db::account_role role_of(std::string const& word) {
  if (auto const role = db::parse_account_role(word)) return *role;
  throw command_failed(exit_code::usage, "there is no role \"" + word + "\"",
                       "front-desk, clinician, billing, manager or administrator");
}

void print_code(surroundings const& around, config const& settings, std::string_view name,
                std::string_view code) {
  fmt::print(around.out,
             "One-time code for {}, good for 7 days: {}\n"
             "With it a password is chosen at {}/desk/set-up\n",
             name, code, settings.public_url());
}

}  // namespace intake::service::commands
