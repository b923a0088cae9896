#include "certs/tls.hpp"
#include "db/accounts.hpp"
#include "db/schema.hpp"
#include "db/second_factors.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/commands.hpp"
#include "service/installation.hpp"
#include "service/languages.hpp"
#include "service/production.hpp"
#include "service/rule_store.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

void check_tls(surroundings const& around, config const& settings) {
  auto const loaded = certs::load_server_tls(
      {settings.tls_certificate_file, settings.tls_key_file, {}}, around.world.now());
  if (!loaded) throw command_failed(exit_code::refused, loaded.error().sentence);
}

/// Blocks nothing: production speaks English until somebody has read the translations.
void list_languages(surroundings const& around, installation const& parts) {
  for (auto const& state : language_states(parts.forms(), texts{})) {
    if (state.spoken == language::en || state.reviewed()) continue;
    fmt::print(around.out,
               "Not offered in production: {}, {} translations in the forms{} were not reviewed "
               "(`intake form translations` lists them).\n",
               own_name(state.spoken), state.unreviewed_in_forms,
               state.pages_reviewed ? "" : " and the pages' own sentences");
  }
}

/// Blocks nothing either: who has none sees only their own account after signing in, and sets one
/// up there.
void list_accounts_without_factor(surroundings const& around, config const& settings,
                                  db::pool& desk) {
  auto const factors = db::count_all_factors(desk);
  auto const& roles = settings.accounts_second_factor_roles;
  for (auto const& account : db::list_accounts(desk)) {
    bool const asked = std::ranges::find(roles, db::to_string(account.role)) != roles.end();
    bool const has = std::ranges::any_of(factors, [&](db::factor_counts const& each) {
      return each.account == account.id && each.any();
    });
    if (account.disabled || !asked || has) continue;
    fmt::print(around.out,
               "Without a second factor: {} ({}); the next sign-in in production asks to set one "
               "up.\n",
               account.name, db::to_string(account.role));
  }
}

exit_code list_obstacles(surroundings const& around, config const& settings,
                         installation const& parts, named_rule_set const& deciding,
                         db::pool& desk) {
  list_languages(around, parts);
  list_accounts_without_factor(around, settings, desk);
  auto const now = clinic::read_effective(settings, desk).settings;
  auto const open = production_obstacles(now, parts, deciding, &desk);
  if (open.empty()) {
    fmt::print(around.out, "Nothing stands between this installation and real patients.\n");
    return exit_code::good;
  }
  fmt::print(around.out, "{} things stand between this installation and real patients:\n",
             open.size());
  for (auto const& each : open) fmt::print(around.out, "- {}\n    {}\n", each.what, each.remedy);
  return exit_code::input_bad;
}

}  // namespace

exit_code config_check(surroundings const& around, config const& settings,
                       config_check_options const& options) {
  installation const parts(settings);
  check_tls(around, settings);
  db::require_schema(settings.database_portal);
  db::pool desk({.conninfo = settings.database_desk});
  std::chrono::sys_days const today{parts.clock().date(around.world.now())};
  auto const activated = rules_on(desk, today).set;
  auto const& deciding = activated ? *activated : *parts.rules();
  fmt::print(around.out, "The configuration is good: {} forms, rule set {:.12}{}.\n",
             parts.forms().library.forms().size(), deciding.hash,
             activated ? "" : " of the folder");
  return options.for_production ? list_obstacles(around, settings, parts, deciding, desk)
                                : exit_code::good;
}

}  // namespace intake::service::commands
