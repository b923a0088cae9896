#include "forms/utf8.hpp"
#include "service/commands/retention_acts.hpp"
#include "service/commands/rule_acts.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

/// The reason stands in the trail and beside the hold; both are told what is wrong before either
/// has it.
void require_reason(std::string const& reason) {
  constexpr std::size_t bytes_max = 1000;
  auto const complain = [](std::string const& sentence) {
    throw command_failed(exit_code::usage, sentence, "--reason \"Smith v. Jones\"");
  };
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos) complain("the reason is empty");
  if (reason.size() > bytes_max) complain("the reason is longer than 1,000 bytes");
  if (!forms::is_utf8(reason) || reason.find('\0') != std::string::npos) {
    complain("the reason is not UTF-8");
  }
}

void audit_hold(retention_desk& home, std::string action, certs::uuid const& record,
                std::string purpose, db::audit_outcome outcome = db::audit_outcome::done) {
  auto entry = retention_desk::entry(std::move(action), std::move(purpose));
  entry.outcome = outcome;
  entry.subject = record;
  home.writer.append(std::move(entry));
}

}  // namespace

exit_code retention_hold(surroundings const& around, config const& settings,
                         retention_hold_options const& options) {
  require_reason(options.reason);
  retention_desk home(around, settings);
  auto const record = home.record_of(options.receipt);
  if (db::is_held(home.desk, record)) {
    audit_hold(home, "hold-placed", record, options.reason, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad, "that record is held already");
  }
  audit_hold(home, "hold-placed", record, options.reason);
  if (!db::place_hold(home.desk, record, machine_user(), options.reason, around.world.now())) {
    audit_hold(home, "hold-placed", record, options.reason, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad, "that record is held already");
  }
  fmt::print(around.out, "The record is held: it is not destroyed until the hold is released.\n");
  return exit_code::good;
}

exit_code retention_release(surroundings const& around, config const& settings,
                            retention_hold_options const& options) {
  require_reason(options.reason);
  retention_desk home(around, settings);
  auto const record = home.record_of(options.receipt);
  if (!db::is_held(home.desk, record)) {
    audit_hold(home, "hold-released", record, options.reason, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad, "that record is not held");
  }
  audit_hold(home, "hold-released", record, options.reason);
  if (!db::release_hold(home.desk, record, around.world.now())) {
    audit_hold(home, "hold-released", record, options.reason, db::audit_outcome::refused);
    throw command_failed(exit_code::input_bad, "that record is not held");
  }
  fmt::print(around.out, "The hold is released.\n");
  return exit_code::good;
}

}  // namespace intake::service::commands
