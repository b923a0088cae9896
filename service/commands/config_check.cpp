#include "certs/tls.hpp"
#include "db/accounts.hpp"
#include "db/schema.hpp"
#include "db/second_factors.hpp"
#include "service/clinic/effective.hpp"
#include "service/clinic_look.hpp"
#include "service/commands/commands.hpp"
#include "service/installation.hpp"
#include "service/languages.hpp"
#include "service/own_database.hpp"
#include "service/production.hpp"
#include "service/rule_store.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

std::string first_of(std::vector<std::string> const& command) {
  return command.empty() ? std::string() : command.front();
}

/// A file that is not there yet is made in its folder.
std::string written_place(std::string const& file) {
  if (file.empty() || std::filesystem::exists(file)) return file;
  return std::filesystem::path(file).parent_path();
}

void check_tls(surroundings const& around, config const& settings) {
  certs::tls_files files{settings.tls_certificate_file, settings.tls_key_file, {}};
  if (!settings.tls_client_authority_file.empty())
    files.client_ca = settings.tls_client_authority_file;
  auto const loaded = certs::load_server_tls(files, around.world.now());
  if (!loaded) throw command_failed(exit_code::refused, loaded.error().sentence);
}

void check_look(config const& settings) {
  try {
    static_cast<void>(read_clinic_look(settings));
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::refused, error.what());
  }
}

/// What `serve` opens only when it first needs it: a patient's link, a question to a payer.
void check_files_of_later(config const& settings) {
  struct {
    std::string_view name;
    std::string path;
    int access;
  } const all[] = {
      {"[eligibility] clearinghouse_authority_file",
       settings.eligibility_clearinghouse_authority_file, R_OK},
      {"[eligibility] clearinghouse_certificate_file",
       settings.eligibility_clearinghouse_certificate_file, R_OK},
      {"[eligibility] clearinghouse_key_file", settings.eligibility_clearinghouse_key_file, R_OK},
      {"[delivery] smtp_authority_file", settings.delivery_smtp_authority_file, R_OK},
      {"[webhook] authority_file", settings.webhook_authority_file, R_OK},
      {"[webhook] certificate_file", settings.webhook_certificate_file, R_OK},
      {"[webhook] key_file", settings.webhook_key_file, R_OK},
      {"[audit] heads_command", first_of(settings.audit_heads_command), X_OK},
      {"[delivery] mail_command", first_of(settings.delivery_mail_command), X_OK},
      {"[delivery] phone_command", first_of(settings.delivery_phone_command), X_OK},
      {"[audit] heads_file", written_place(settings.audit_heads_file), W_OK},
  };
  for (auto const& [name, path, access] : all) {
    if (path.empty() || ::access(path.c_str(), access) == 0) continue;
    throw command_failed(exit_code::refused,
                         fmt::format("{}: can't {} {}: {}", name,
                                     access == R_OK ? "read" : (access == X_OK ? "run" : "write"),
                                     path, std::generic_category().message(errno)));
  }
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
  check_look(settings);
  check_files_of_later(settings);
  db::require_schema(settings.database_portal);
  require_own_database(settings, parts.keys());
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
