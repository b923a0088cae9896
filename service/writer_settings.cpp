#include "service/writer_settings.hpp"

#include "service/own_database.hpp"

namespace intake::service {

db::batch_writer_settings writer_settings(config const& settings, certs::keyring const& keys,
                                          std::string_view who) {
  require_own_database(settings, keys);
  auto const key = keys.key(certs::key_role::audit_head).view();
  db::batch_writer_settings made;
  made.conninfo = settings.database_portal;
  made.chain = settings.server_instance + "/" + std::string(who);
  made.audit_key.assign(key.begin(), key.end());
  made.guard = settings.database_require_standby ? db::durability::synchronous_standby
                                                 : db::durability::server_setting;
  made.wait_max = std::chrono::seconds(settings.database_wait_seconds);
  return made;
}

}  // namespace intake::service
