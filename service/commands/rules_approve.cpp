#include "certs/password.hpp"
#include "db/accounts.hpp"
#include "db/rule_sets.hpp"
#include "service/commands/password_line.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/rule_store.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

constexpr db::account_role approver_roles[] = {db::account_role::billing,
                                               db::account_role::manager};

/// Two approvals are two people only because each knows a password of their own.
db::account proved_approver(surroundings const& around, rule_desk& home,
                            rules_approve_options const& options, std::string const& hash) {
  auto const account = db::find_account(home.desk, options.account);
  bool const usable = account && !account->disabled;
  certs::password_hasher hasher(around.world);
  auto const verdict = hasher.verify(
      first_line(options.password_file),
      usable ? std::optional<std::string_view>(account->password_hash) : std::nullopt);
  if (!usable || verdict != certs::password_verdict::match) {
    home.audit("rules-approved", hash, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad, "the user name or the password is not right");
  }
  if (std::ranges::find(approver_roles, account->role) == std::end(approver_roles)) {
    home.audit("rules-approved", hash, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad,
                         "rules are approved by billing or a manager, not by " +
                             std::string(db::to_string(account->role)));
  }
  return *account;
}

std::ptrdiff_t approvals_of(db::pool& desk, certs::hash256 const& hash) {
  auto const all = db::list_rule_set_approvals(desk);
  return std::ranges::count(all, hash, &db::rule_set_approval::hash);
}

}  // namespace

exit_code rules_approve(surroundings const& around, config const& settings,
                        rules_approve_options const& options) {
  rule_desk home(around, settings);
  auto const name = full_hash(home.desk, options.hash);
  auto const approver = proved_approver(around, home, options, name);
  auto const hash = *parse_hash(name);
  auto const change = db::approve_rule_set(home.desk, {hash, approver.id, around.world.now()});
  if (change == db::rule_set_change::already) {
    fmt::print(around.out, "{} has approved {:.12} before.\n", approver.name, name);
  } else {
    auto entry = rule_desk::entry("rules-approved");
    entry.who = db::actor_kind::staff;
    entry.actor = certs::to_string(approver.id);
    entry.purpose = "rule set " + name;
    home.writer.append(std::move(entry));
    fmt::print(around.out, "{} has approved {}.\n", approver.name, name);
  }
  auto const have = approvals_of(home.desk, hash);
  if (have < settings.rules_approvers) {
    fmt::print(around.out, "{} of {} approvals: another person must approve it too.\n", have,
               settings.rules_approvers);
  } else {
    fmt::print(around.out, "Next: intake rules activate {:.12}\n", name);
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
