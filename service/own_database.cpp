#include "service/own_database.hpp"

#include "db/errors.hpp"
#include "db/trail_key.hpp"
#include "service/commands/exit_code.hpp"

namespace intake::service {
namespace {

db::trail_key key_of_trail(config const& settings, certs::keyring const& keys) {
  try {
    db::pool desk({.conninfo = settings.database_desk, .connections_max = 1});
    return db::look_at_trail_key(desk, keys.key(certs::key_role::audit_head).view());
  } catch (db::database_error const&) {
    return db::trail_key::none_yet;
  }
}

}  // namespace

void require_own_database(config const& settings, certs::keyring const& keys) {
  if (key_of_trail(settings, keys) != db::trail_key::other) return;
  throw command_failed(exit_code::refused,
                       settings.keys_file +
                           " is the key file of another installation: the audit trail in this "
                           "database was written with other keys",
                       "bring the key file that belongs to this database, or name another database "
                       "in [database]; nothing was written");
}

}  // namespace intake::service
