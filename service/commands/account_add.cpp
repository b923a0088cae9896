#include "certs/password.hpp"
#include "service/accounts/account_acts.hpp"
#include "service/accounts/password_rule.hpp"
#include "service/commands/account_desk.hpp"
#include "service/commands/password_line.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

std::string hash_of(certs::world const& world, std::string const& name, std::string const& file) {
  auto const password = first_line(file);
  auto const fault = accounts::fault_of(password, name, accounts::beside::nothing);
  if (fault != accounts::password_fault::none) {
    throw command_failed(exit_code::usage, "the password can't be taken",
                         std::string(accounts::sentence(fault)));
  }
  return certs::password_hasher(world).hash(world, password);
}

[[noreturn]] void refuse_taken(std::string const& name) {
  throw command_failed(exit_code::input_bad, "there is an account \"" + name + "\" already");
}

accounts::added_account added(account_home& home, account_add_options const& options) {
  auto const role = role_of(options.role);
  if (!accounts::is_user_name(options.name)) {
    throw command_failed(exit_code::usage, "a user name has 1 to 64 bytes",
                         "no control characters, no spaces at its ends");
  }
  auto const hash = options.password_file.empty()
                        ? std::string()
                        : hash_of(home.world, options.name, options.password_file);
  if (db::find_account(home.rows, options.name)) refuse_taken(options.name);
  auto const id = certs::new_uuid_v7(home.world);
  home.audit("account-added", id);
  auto made = accounts::add_account(home.desk(), id, options.name, role, hash, options.demo);
  if (made.change == db::account_change::name_taken) {
    home.audit("account-added", id, db::audit_outcome::refused);
    refuse_taken(options.name);
  }
  return made;
}

}  // namespace

exit_code account_add(surroundings const& around, config const& settings,
                      account_add_options const& options) {
  account_home home(around, settings);
  auto const made = added(home, options);
  fmt::print(around.out, "Added {} ({}).\n", options.name, options.role);
  if (!made.code.empty()) print_code(around, settings, options.name, made.code);
  return exit_code::good;
}

exit_code set_up(surroundings const& around, config const& settings,
                 account_options const& options) {
  account_home home(around, settings);
  for (auto const& each : db::list_accounts(home.rows)) {
    bool const can_sign_in = !each.disabled && each.password_hash != db::no_password;
    if (each.role == db::account_role::administrator && can_sign_in) {
      throw command_failed(exit_code::input_bad,
                           "there is an administrator already: \"" + each.name + "\"",
                           "`intake account reset-password` gives one who is locked out a code");
    }
  }
  auto const known = db::find_account(home.rows, options.name);
  if (known && known->role == db::account_role::administrator) {
    // Begun before, and the code was lost or its time is over.
    home.audit("account-reset", known->id);
    print_code(around, settings, options.name, accounts::reset_password(home.desk(), known->id));
    return exit_code::good;
  }
  auto const made = added(home, {.name = options.name, .role = "administrator"});
  fmt::print(around.out, "The first administrator is \"{}\".\n", options.name);
  print_code(around, settings, options.name, made.code);
  return exit_code::good;
}

}  // namespace intake::service::commands
