#include "certs/hex.hpp"
#include "certs/receipt.hpp"
#include "db/batch_writer.hpp"
#include "db/submissions.hpp"
#include "pdf/protect.hpp"
#include "service/bulk_copy.hpp"
#include "service/clinic/effective.hpp"
#include "service/commands/commands.hpp"
#include "service/commands/output_file.hpp"
#include "service/copy.hpp"
#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"
#include "service/files.hpp"
#include "service/installation.hpp"
#include "service/writer_settings.hpp"

#include <algorithm>

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
db::audit_entry entry_of_command() {
  db::audit_entry entry;
  entry.who = db::actor_kind::command;
  entry.actor = fmt::format("uid {}", ::getuid());
  entry.purpose = "command-line";
  return entry;
}

db::audit_entry entry_for(db::submission_head const& head, pdf::copy_profile profile) {
  auto entry = entry_of_command();
  entry.action = "pdf-written";
  entry.subject = head.id;
  entry.version = head.version;
  entry.purpose = fmt::format("command-line: {}", copy_name(profile));
  return entry;
}

db::opened_submission require(db::pool& desk, std::string const& id) {
  auto stored = find(desk, id);
  if (!stored) {
    throw command_failed(exit_code::input_bad, fmt::format("there is no submission {}", id));
  }
  return std::move(*stored);
}

/// Nothing where the file shall not be encrypted.
std::optional<std::string> password_of(submission_pdf_options const& options) {
  if (options.password_file.empty()) return std::nullopt;
  std::string text;
  try {
    text = read_file(options.password_file);
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  if (pdf::is_fit_password(text)) return text;
  throw command_failed(exit_code::usage, "the password can't be used",
                       "the first line of --password-file: 12 to 127 letters, digits, signs and "
                       "spaces of a US keyboard");
}

/// A command that writes one file: what it reads from and who may draw.
struct written_from {
  surroundings const& around;
  config const& settings;
  submission_pdf_options const& options;
  pdf::copy_profile profile;
  std::optional<std::string> password{password_of(options)};
  installation parts{settings};
  db::pool desk{{.conninfo = settings.database_desk}};
  config now{clinic::read_effective(settings, desk).settings};
  db::batch_writer writer{writer_settings(settings, parts.keys(), "command"), around.world};
  texts words{};
  own_renderer drawer{parts.faces()};

  copy_context copies() { return {now, parts.forms(), parts.clock(), parts.keys(), words, drawer}; }

  /// What leaves, and its hash in the entry: durable before it does.
  void write(std::string bytes, db::audit_entry entry) {
    if (password) {
      certs::hash256 secret{};
      around.world.random(secret);
      std::string owner;
      certs::append_hex(owner, secret);
      bytes = pdf::protect(bytes, *password, owner);
      entry.purpose += ", with a password";
    }
    entry.content = parts.keys().keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
    writer.append(std::move(entry));
    write_output(around, options.output, bytes);
  }
};

void write_one(written_from& from) {
  auto const stored = require(from.desk, from.options.ids.front());
  auto entry = entry_for(stored.head, from.profile);
  auto const reading = open_record(from.parts.keks(), from.parts.forms(), stored);
  if (!reading.record) {
    entry.outcome = db::audit_outcome::failed;
    from.writer.append(std::move(entry));
    throw command_failed(exit_code::input_bad, "the submission can't be opened. " + reading.fault);
  }
  auto dated = inputs_for_copy(
      {from.desk, from.parts.keks(), from.parts.forms(), from.parts.clock(), from.settings},
      stored.head, *reading.record, from.profile);
  auto const copy =
      render_copy(from.copies(), stored.head, *reading.record, from.profile, std::move(dated));
  if (!copy.defects.empty()) {
    throw command_failed(exit_code::bug, fmt::format("the copy would not be complete: {}",
                                                     fmt::join(copy.defects, ", ")));
  }
  from.write(copy.bytes, std::move(entry));
}

void write_many(written_from& from) {
  bulk_order order;
  order.profile = from.profile;
  order.who = entry_of_command();
  for (auto const& id : from.options.ids) order.ids.push_back(require(from.desk, id).head.id);
  auto const total = order.ids.size();
  bulk_parts const parts{from.copies(), from.desk, from.parts.keks(), from.writer};
  auto const told = [&](std::size_t drawn) {
    if (drawn % 10 == 0 || drawn == total) {
      fmt::print(from.around.err, "{} of {} drawn\n", drawn, total);
    }
  };
  try {
    auto made = make_bulk_copy(parts, std::move(order), told);
    made.made.action = "pdf-written";
    from.write(std::move(made.bytes), std::move(made.made));
  } catch (bulk_refused const& why) {
    throw command_failed(exit_code::input_bad, why.what());
  }
}

}  // namespace

exit_code submission_pdf(surroundings const& around, config const& settings,
                         submission_pdf_options const& options) {
  auto const profile = parse_copy_name(options.copy);
  if (!profile) {
    throw command_failed(exit_code::usage, "there is no such copy",
                         "--copy takes desk, clinical, patient or billing");
  }
  written_from from{around, settings, options, *profile};
  options.ids.size() == 1 ? write_one(from) : write_many(from);
  return exit_code::good;
}

}  // namespace intake::service::commands
