#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/accounts/staff_page.hpp"
#include "service/commands/account_desk.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

/// Says what came of a change, and writes it down.
exit_code report(surroundings const& around, account_home& home, db::account const& who,
                 db::account_change change, std::string action, std::string_view words) {
  if (change == db::account_change::last_administrator) {
    throw command_failed(exit_code::input_bad,
                         "\"" + who.name + "\" is the last administrator who can sign in",
                         "make somebody else an administrator first");
  }
  home.audit(std::move(action), who.id);
  fmt::print(around.out, "{} {}\n", who.name, words);
  return exit_code::good;
}

}  // namespace

exit_code account_list(surroundings const& around, config const& settings) {
  db::pool rows({.conninfo = settings.database_desk});
  auto const factors = db::count_all_factors(rows);
  for (auto const& each : db::list_accounts(rows)) {
    db::factor_counts own;
    for (auto const& counts : factors) own = counts.account == each.id ? counts : own;
    fmt::print(around.out, "{:<24} {:<14} {:<28} second factor: {}\n", each.name,
               db::to_string(each.role), accounts::account_state(each),
               accounts::factor_words(own));
  }
  return exit_code::good;
}

exit_code account_disable(surroundings const& around, config const& settings,
                          account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  auto const change = db::disable_account(home.rows, who.id, around.world.now());
  return report(around, home, who, change, "account-disabled", "can't sign in any more.");
}

exit_code account_enable(surroundings const& around, config const& settings,
                         account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  auto const change = db::enable_account(home.rows, who.id);
  return report(around, home, who, change, "account-enabled", "can sign in again.");
}

exit_code account_role(surroundings const& around, config const& settings,
                       account_options const& options) {
  auto const role = role_of(options.role);
  account_home home(around, settings);
  auto const who = home.find(options.name);
  auto const change = db::change_role(home.rows, who.id, role);
  return report(around, home, who, change, "account-role-changed",
                fmt::format("has the role {} now.", options.role));
}

exit_code account_reset_password(surroundings const& around, config const& settings,
                                 account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  auto const code = accounts::reset_password(home.desk(), who.id);
  auto const done = report(around, home, who, db::account_change::done, "account-password-reset",
                           "can't sign in with the password any more.");
  print_code(around, settings, who.name, code);
  return done;
}

exit_code account_reset_second_factor(surroundings const& around, config const& settings,
                                      account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  auto const code = accounts::reset_second_factor(home.desk(), who);
  auto const done = report(around, home, who, db::account_change::done,
                           "account-second-factor-reset", "has no second factor any more.");
  if (code) print_code(around, settings, who.name, *code);
  return done;
}

exit_code account_sign_out(surroundings const& around, config const& settings,
                           account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  db::end_all_sessions(home.rows, who.id);
  return report(around, home, who, db::account_change::done, "account-signed-out",
                "is signed out everywhere.");
}

}  // namespace intake::service::commands
