#pragma once
#include "service/commands/commands.hpp"

#include <string>
#include <vector>

namespace intake::service::commands {

struct client_add_options {
  std::string name;
  std::vector<std::string> scopes;
  bool demo = false;
};
/// Prints the secret, once.
exit_code client_add(surroundings const&, config const&, client_add_options const&);

exit_code client_list(surroundings const&, config const&);

struct client_name_option {
  std::string name;
};
/// Also takes its certificates back.
exit_code client_disable(surroundings const&, config const&, client_name_option const&);

struct certs_issue_options {
  std::string name;
  /// Of a new client; empty: another certificate for one that is there.
  std::vector<std::string> scopes;
  /// An existing folder; NAME.crt and NAME.key are made in it.
  std::string output = ".";
  int days = 397;
};
/// A certificate by the clinic's own authority of clients, which is made with the first one.
exit_code certs_issue(surroundings const&, config const&, certs_issue_options const&);

exit_code certs_list(surroundings const&, config const&);

struct certs_revoke_options {
  /// A client's name, or a fingerprint as `certs list` prints it.
  std::string which;
};
exit_code certs_revoke(surroundings const&, config const&, certs_revoke_options const&);

/// What waits to be handed over to other programs, and what was given up.
exit_code outbox_list(surroundings const&, config const&);
/// Tries anew what was given up.
exit_code outbox_retry(surroundings const&, config const&);

}  // namespace intake::service::commands
