#include "db/rule_sets.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/rule_lives.hpp"
#include "service/rule_store.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

namespace insurance = forms::insurance;

insurance::date first_day(rule_desk const& home, std::string const& said) {
  if (said.empty()) return home.today;
  auto const day = insurance::read_iso_date(said);
  if (!day) throw command_failed(exit_code::usage, "a day is written YYYY-MM-DD");
  if (*day < home.today) {
    throw command_failed(exit_code::usage, "a rule set can't begin to decide in the past",
                         "leave --from out to begin today");
  }
  return *day;
}

/// Checked again: what was good at the import may have a table row that has ended since.
std::shared_ptr<named_rule_set const> fit_rules(surroundings const& around, config const& settings,
                                                rule_desk& home, certs::hash256 const& hash,
                                                insurance::date from) {
  auto rules = stored_rules(home.desk, hash);
  auto const report = check_stored(home.desk, hash, from);
  if (auto const why = why_unfit(settings, report); !why.empty()) {
    if (!report.good()) fmt::print(around.out, "{}", insurance::to_text(report));
    throw command_failed(exit_code::input_bad, why + " Nothing was activated.");
  }
  return rules;
}

void print_refusal(db::rule_set_change change, config const& settings) {
  if (change != db::rule_set_change::approvals_missing) return;
  throw command_failed(
      exit_code::input_bad,
      fmt::format("approvals are missing: {} different people must approve it first",
                  settings.rules_approvers),
      "intake rules approve HASH --account NAME --password-file FILE");
}

}  // namespace

exit_code rules_activate(surroundings const& around, config const& settings,
                         rules_activate_options const& options) {
  rule_desk home(around, settings);
  auto const name = full_hash(home.desk, options.hash);
  auto const from = first_day(home, options.from);
  auto const rules = fit_rules(around, settings, home, *parse_hash(name), from);
  auto const before = rules_on(home.desk, from).set;
  home.audit("rules-activation-begun", name);
  auto const change = db::activate_rule_set(home.desk,
                                            {.hash = *parse_hash(name),
                                             .active_from = from,
                                             .activated = around.world.now(),
                                             .actor = machine_user()},
                                            settings.rules_approvers);
  print_refusal(change, settings);
  if (change == db::rule_set_change::already) {
    fmt::print(around.out, "{:.12} decides from {} already.\n", name, insurance::write_date(from));
    return exit_code::good;
  }
  home.audit("rules-activated", name);
  fmt::print(around.out, "{} decides from {}.\n", name, insurance::write_date(from));
  print_call_list(around.out, home, before ? *before : *home.parts.rules(), *rules, from);
  return exit_code::good;
}

}  // namespace intake::service::commands
