#include "service/audit.hpp"

#include <utility>

namespace intake::service {

db::audit_entry entry_of(call const& c, std::string action) {
  db::audit_entry entry;
  entry.action = std::move(action);
  entry.who = c.staff ? db::actor_kind::staff : db::actor_kind::patient;
  if (c.staff) entry.actor = certs::to_string(c.staff->record.account);
  entry.purpose = std::string(c.purpose);
  entry.request_id = c.asked.request_id;
  entry.address = c.asked.client_address;
  return entry;
}

}  // namespace intake::service
