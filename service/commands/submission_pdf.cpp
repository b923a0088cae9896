#include "certs/receipt.hpp"
#include "db/batch_writer.hpp"
#include "db/submissions.hpp"
#include "service/commands/commands.hpp"
#include "service/commands/output_file.hpp"
#include "service/copy.hpp"
#include "service/copy_profiles.hpp"
#include "service/installation.hpp"
#include "service/writer_settings.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

std::optional<db::opened_submission> find(db::pool& desk, std::string const& id) {
  if (auto const uuid = certs::parse_uuid(id)) return db::open_submission(desk, *uuid);
  auto const receipt = certs::parse_receipt(id);
  if (!receipt) {
    throw command_failed(exit_code::usage, "that is neither an id nor a receipt");
  }
  return db::open_receipt(desk, certs::to_string(*receipt));
}

/// Who sits at the machine is not known to us; the trail holds the system's user and the way.
db::audit_entry entry_for(db::submission_head const& head, pdf::copy_profile profile) {
  db::audit_entry entry;
  entry.action = "pdf-written";
  entry.who = db::actor_kind::command;
  entry.actor = fmt::format("uid {}", ::getuid());
  entry.subject = head.id;
  entry.version = head.version;
  entry.purpose = fmt::format("command-line: {}", copy_name(profile));
  return entry;
}

}  // namespace

exit_code submission_pdf(surroundings const& around, config const& settings,
                         submission_pdf_options const& options) {
  auto const profile = parse_copy_name(options.copy);
  if (!profile) {
    throw command_failed(exit_code::usage, "there is no such copy",
                         "--copy takes desk, clinical or patient");
  }
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  auto const stored = find(desk, options.id);
  if (!stored) throw command_failed(exit_code::input_bad, "there is no such submission");
  db::batch_writer writer(writer_settings(settings, parts.keys(), "command"), around.world);
  auto entry = entry_for(stored->head, *profile);
  auto const reading = open_record(parts.keks(), parts.forms(), *stored);
  if (!reading.record) {
    entry.outcome = db::audit_outcome::failed;
    writer.append(std::move(entry));
    throw command_failed(exit_code::input_bad, "the submission can't be opened. " + reading.fault);
  }
  own_renderer drawer(parts.faces());
  auto const copy = render_copy({settings, parts.forms(), parts.clock(), parts.keys(), drawer},
                                stored->head, *reading.record, *profile);
  if (!copy.defects.empty()) {
    throw command_failed(exit_code::bug, "the copy would not be complete");
  }
  entry.content =
      parts.keys().keyed_hash(certs::key_role::document_hash, certs::as_bytes(copy.bytes));
  writer.append(std::move(entry));
  write_output(around, options.output, copy.bytes);
  return exit_code::good;
}

}  // namespace intake::service::commands
