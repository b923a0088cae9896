#pragma once
#include "certs/keyring.hpp"
#include "db/accounts.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What an administrator does to an account, by the page or on the command line. The caller writes
/// it to the audit trail.
namespace intake::service::accounts {

struct account_desk {
  certs::world const& world;
  certs::keyring const& keys;
  db::pool& rows;
};

struct added_account {
  db::account_change change = db::account_change::done;
  certs::uuid id;
  /// The code with which its holder chooses a password, shown once; empty where one was given.
  std::string code;
};

/// `id` is new; `password_hash` empty: a code is made instead.
added_account add_account(account_desk const&, certs::uuid id, std::string const& name,
                          db::account_role, std::string const& password_hash, bool demo);

/// No password is good any more, and every session ends; gives a code to choose one with.
std::string reset_password(account_desk const&, certs::uuid);

/// Removes app, passkeys and recovery codes and ends the sessions. Gives a code to choose a
/// password with where the present one was good only beside them.
std::optional<std::string> reset_second_factor(account_desk const&, db::account const&);

/// 1 to 64 bytes without control characters or spaces at the ends.
bool is_user_name(std::string_view);

}  // namespace intake::service::accounts
