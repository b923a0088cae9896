#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/accounts/staff_page.hpp"
#include "service/commands/account_desk.hpp"

#include <functional>
#include <optional>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

using change = std::function<db::account_change()>;

/// Writes a change down, makes it, and says what came of it: in this order, because an entry
/// without a deed is a question, a deed without an entry would be a hole.
exit_code act(surroundings const& around, account_home& home, db::account const& who,
              std::string const& action, std::string_view words, change const& make) {
  home.audit(action, who.id);
  if (make() == db::account_change::last_administrator) {
    home.audit(action, who.id, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad,
                         "\"" + who.name + "\" is the last administrator who can sign in",
                         "make somebody else an administrator first");
  }
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
  return act(around, home, who, "account-disabled", "can't sign in any more.",
             [&] { return db::disable_account(home.rows, who.id, around.world.now()); });
}

exit_code account_enable(surroundings const& around, config const& settings,
                         account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  return act(around, home, who, "account-enabled", "can sign in again.",
             [&] { return db::enable_account(home.rows, who.id); });
}

exit_code account_role(surroundings const& around, config const& settings,
                       account_options const& options) {
  auto const role = role_of(options.role);
  account_home home(around, settings);
  auto const who = home.find(options.name);
  return act(around, home, who, "account-role-changed",
             fmt::format("has the role {} now.", options.role),
             [&] { return db::change_role(home.rows, who.id, role); });
}

exit_code account_reset_password(surroundings const& around, config const& settings,
                                 account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  std::string code;
  auto const done = act(around, home, who, "account-password-reset",
                        "can't sign in with the password any more.", [&] {
                          code = accounts::reset_password(home.desk(), who.id);
                          return db::account_change::done;
                        });
  print_code(around, settings, who.name, code);
  return done;
}

exit_code account_reset_second_factor(surroundings const& around, config const& settings,
                                      account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  std::optional<std::string> code;
  auto const done =
      act(around, home, who, "account-second-factor-reset", "has no second factor any more.", [&] {
        code = accounts::reset_second_factor(home.desk(), who);
        return db::account_change::done;
      });
  if (code) print_code(around, settings, who.name, *code);
  return done;
}

exit_code account_sign_out(surroundings const& around, config const& settings,
                           account_options const& options) {
  account_home home(around, settings);
  auto const who = home.find(options.name);
  return act(around, home, who, "account-signed-out", "is signed out everywhere.", [&] {
    db::end_all_sessions(home.rows, who.id);
    return db::account_change::done;
  });
}

}  // namespace intake::service::commands
