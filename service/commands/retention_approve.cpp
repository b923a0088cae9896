#include "certs/password.hpp"
#include "db/accounts.hpp"
#include "service/commands/password_line.hpp"
#include "service/commands/retention_acts.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

[[noreturn]] void refuse(retention_desk& home, db::purge const& proposal,
                         std::string const& sentence) {
  auto entry = retention_desk::entry("destruction-approved", certs::to_string(proposal.id));
  entry.outcome = db::audit_outcome::refused;
  home.writer.append(std::move(entry));
  throw command_failed(exit_code::input_bad, sentence);
}

/// Two approvals are two people only because each knows a password of their own.
db::account proved(surroundings const& around, retention_desk& home, db::purge const& proposal,
                   retention_approve_options const& options) {
  auto const account = db::find_account(home.desk, options.account);
  bool const usable = account && !account->disabled;
  certs::password_hasher hasher(around.world);
  auto const verdict = hasher.verify(
      first_line(options.password_file),
      usable ? std::optional<std::string_view>(account->password_hash) : std::nullopt);
  if (!usable || verdict != certs::password_verdict::match) {
    refuse(home, proposal, "the user name or the password is not right");
  }
  if (account->role != db::account_role::manager &&
      account->role != db::account_role::administrator) {
    refuse(home, proposal, "records are ended by managers and administrators");
  }
  return *account;
}

}  // namespace

exit_code retention_approve(surroundings const& around, config const& settings,
                            retention_approve_options const& options) {
  retention_desk home(around, settings);
  auto const proposal = home.find(options.id);
  if (proposal.done) throw command_failed(exit_code::input_bad, "that proposal was carried out");
  auto const approver = proved(around, home, proposal, options);
  auto entry = retention_desk::entry("destruction-approved", certs::to_string(proposal.id));
  entry.who = db::actor_kind::staff;
  entry.actor = certs::to_string(approver.id);
  home.writer.append(std::move(entry));
  static_cast<void>(db::approve_purge(home.desk, proposal.id, approver.id, around.world.now()));
  auto const have = home.find(options.id).approvals;
  fmt::print(around.out, "{} has approved it: {} of 2.{}\n", approver.name, have,
             have < 2 ? " Another person must, too."
                      : " Next: intake retention purge " + short_name(proposal.id));
  return exit_code::good;
}

}  // namespace intake::service::commands
