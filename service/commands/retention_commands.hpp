#pragma once
#include "service/commands/commands.hpp"

#include <string>

/// The end of records: proposed by one, approved by two, done once.
namespace intake::service::commands {

struct retention_due_options {
  /// Writes what is due down as a proposal.
  bool propose = false;
};
exit_code retention_due(surroundings const&, config const&, retention_due_options const&);

exit_code retention_list(surroundings const&, config const&);

struct retention_approve_options {
  /// The end of the proposal's id, as the list shows it.
  std::string id;
  std::string account;
  std::string password_file;
};
exit_code retention_approve(surroundings const&, config const&, retention_approve_options const&);

struct retention_purge_options {
  std::string id;
};
/// Destroys the data keys of an approved proposal's records. The trail names them before.
exit_code retention_purge(surroundings const&, config const&, retention_purge_options const&);

struct retention_hold_options {
  std::string receipt;
  std::string reason;
};
exit_code retention_hold(surroundings const&, config const&, retention_hold_options const&);
exit_code retention_release(surroundings const&, config const&, retention_hold_options const&);

}  // namespace intake::service::commands
