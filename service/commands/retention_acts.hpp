#pragma once
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "db/retention.hpp"
#include "service/commands/retention_commands.hpp"
#include "service/key_store.hpp"

#include <string>

/// What the commands about retention share.
namespace intake::service::commands {

class retention_desk {
 public:
  retention_desk(surroundings const&, config const&);

  key_store keys;
  db::pool desk;
  db::batch_writer writer;

  /// An entry of the person at the machine about a proposal or a record.
  static db::audit_entry entry(std::string action, std::string purpose);
  /// The one proposal whose id ends so. Throws command_failed.
  db::purge find(std::string const& beginning);
  /// Throws command_failed.
  certs::uuid record_of(std::string const& receipt);
};

/// Rows of one patient share a token of this kind: surname and birth date.
std::int16_t patient_token();

/// The end of its id, "3f9c2a71": what begins a version 7 id is the time, the end is random.
std::string short_name(certs::uuid const&);

}  // namespace intake::service::commands
