#pragma once
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "service/commands/client_commands.hpp"
#include "service/key_store.hpp"

#include <string>
#include <vector>

/// What the commands about machines share.
namespace intake::service::commands {

class client_desk {
 public:
  client_desk(surroundings const&, config const&);

  certs::world const& world;
  key_store keys;
  db::pool rows;
  db::batch_writer writer;

  /// By the person at the machine; `about` is the client's name, or that and a fingerprint.
  void audit(std::string action, std::string const& about,
             db::audit_outcome = db::audit_outcome::done);
};

/// Throws command_failed where one is no scope.
void require_scopes(std::vector<std::string> const&);
/// A name that Basic credentials and a certificate can carry. Throws command_failed.
void require_client_name(std::string const&);

}  // namespace intake::service::commands
