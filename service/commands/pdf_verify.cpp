#include "db/audit_log.hpp"
#include "service/commands/commands.hpp"
#include "service/files.hpp"
#include "service/installation.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

constexpr int events_max = 100;

std::string maker(db::audit_entry const& entry) {
  return fmt::format("{} {}", db::to_string(entry.who), entry.actor);
}

void print_event(std::FILE* out, clinic_time const& clock, db::audit_event const& event) {
  auto const& entry = event.entry;
  fmt::print(out, "- {}, {} ({}), by {}\n", clock.date_and_time(event.at), entry.action,
             entry.purpose, maker(entry));
  if (entry.subject) {
    fmt::print(out, "  of submission {}, version {}\n", certs::to_string(*entry.subject),
               entry.version);
  }
  for (auto const& each : entry.shown) {
    fmt::print(out, "  of submission {}\n", certs::to_string(each));
  }
}

std::string read_input(std::string const& path) {
  try {
    return read_file(path);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

}  // namespace

exit_code pdf_verify(surroundings const& around, config const& settings,
                     pdf_verify_options const& options) {
  auto const bytes = read_input(options.file);
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  auto const hash = parts.keys().keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
  auto const events = db::events_of_content(desk, hash, events_max);
  if (events.empty()) {
    fmt::print(around.out,
               "The audit trail holds no file of these bytes: it was changed after it was made, "
               "or was not made here.\n");
    return exit_code::input_bad;
  }
  fmt::print(around.out, "The file is, byte for byte, what was made here:\n");
  for (auto const& each : events) print_event(around.out, parts.clock(), each);
  return exit_code::good;
}

}  // namespace intake::service::commands
