#pragma once
#include "service/commands/commands.hpp"

/// Staff who may sign in, from the machine's side. Every act is in the audit trail.
namespace intake::service::commands {

struct account_add_options {
  std::string name;
  std::string role;
  /// Empty: a one-time code is printed, with which the account's holder chooses a password.
  std::string password_file{};
  bool demo = false;
};
exit_code account_add(surroundings const&, config const&, account_add_options const&);

exit_code account_list(surroundings const&, config const&);

struct account_options {
  std::string name;
  /// Of `account role` only.
  std::string role{};
};
/// Ends the account's sessions; it is never deleted, because the trail names it.
exit_code account_disable(surroundings const&, config const&, account_options const&);
exit_code account_enable(surroundings const&, config const&, account_options const&);
exit_code account_role(surroundings const&, config const&, account_options const&);
/// The password is good no more; prints a one-time code to choose another with.
exit_code account_reset_password(surroundings const&, config const&, account_options const&);
/// App, passkeys and recovery codes are good no more. A password that was good only beside them
/// isn't either: then a one-time code is printed.
exit_code account_reset_second_factor(surroundings const&, config const&, account_options const&);
exit_code account_sign_out(surroundings const&, config const&, account_options const&);

/// The first administrator of a new installation, with a one-time code. Refuses where one can sign
/// in already.
exit_code set_up(surroundings const&, config const&, account_options const&);

}  // namespace intake::service::commands
