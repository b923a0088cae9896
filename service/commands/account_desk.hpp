#pragma once
#include "db/accounts.hpp"
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "service/accounts/account_acts.hpp"
#include "service/commands/account_commands.hpp"
#include "service/key_store.hpp"

#include <string>
#include <string_view>

/// What the commands about accounts share.
namespace intake::service::commands {

class account_home {
 public:
  account_home(surroundings const&, config const&);

  certs::world const& world;
  key_store keys;
  db::pool rows;
  db::batch_writer writer;

  accounts::account_desk desk() { return {world, keys.ring, rows}; }
  /// By the person at the machine, about that account.
  void audit(std::string action, certs::uuid account, db::audit_outcome = db::audit_outcome::done);
  /// Throws command_failed.
  db::account find(std::string const& name);
};

/// Throws command_failed with the words there are.
db::account_role role_of(std::string const& word);

/// The code and where it is typed.
void print_code(surroundings const&, config const&, std::string_view name, std::string_view code);

}  // namespace intake::service::commands
