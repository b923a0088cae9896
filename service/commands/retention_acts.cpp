#include "service/commands/retention_acts.hpp"

#include "certs/blind_index.hpp"
#include "certs/receipt.hpp"
#include "db/submissions.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/writer_settings.hpp"

namespace intake::service::commands {
namespace {

constexpr std::size_t id_characters_min = 8;

}  // namespace

retention_desk::retention_desk(surroundings const& around, config const& settings)
    : keys(read_keys(settings)),
      desk({.conninfo = settings.database_desk}),
      writer(writer_settings(settings, keys.ring, "command"), around.world) {}

db::audit_entry retention_desk::entry(std::string action, std::string purpose) {
  db::audit_entry made;
  made.action = std::move(action);
  made.who = db::actor_kind::command;
  made.actor = machine_user();
  made.purpose = std::move(purpose);
  return made;
}

db::purge retention_desk::find(std::string const& beginning) {
  std::optional<db::purge> found;
  if (beginning.size() >= id_characters_min) {
    for (auto& each : db::list_purges(desk)) {
      if (!certs::to_string(each.id).ends_with(beginning)) continue;
      if (found) throw command_failed(exit_code::usage, "two proposals end so");
      found = std::move(each);
    }
  }
  if (found) return std::move(*found);
  throw command_failed(exit_code::usage, "there is no proposal " + beginning,
                       "`intake retention list` names them");
}

certs::uuid retention_desk::record_of(std::string const& receipt) {
  auto const parsed = certs::parse_receipt(receipt);
  auto const id = parsed ? db::find_receipt(desk, certs::to_string(*parsed)) : std::nullopt;
  if (!id) throw command_failed(exit_code::input_bad, "there is no submission with that receipt");
  return *id;
}

std::int16_t patient_token() {
  return static_cast<std::int16_t>(certs::search_field::surname_birth_date);
}

std::string short_name(certs::uuid const& id) {
  auto const text = certs::to_string(id);
  return text.substr(text.size() - id_characters_min);
}

}  // namespace intake::service::commands
