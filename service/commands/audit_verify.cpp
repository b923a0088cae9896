#include "db/audit_log.hpp"
#include "db/outside_heads.hpp"
#include "db/trail_key.hpp"
#include "forms/json_writer.hpp"
#include "service/audit_heads.hpp"
#include "service/commands/commands.hpp"
#include "service/files.hpp"
#include "service/installation.hpp"
#include "service/record_checks.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

std::string subject_of(db::audit_finding const& found) {
  if (!found.subject) return {};
  auto const* const kind = found.fault == db::audit_fault::purge_unaudited ? "purge" : "submission";
  return fmt::format(" ({} {})", kind, certs::to_string(*found.subject));
}

void print_text(std::FILE* out, db::audit_report const& report) {
  fmt::print(out, "{} entries in {} chains, {} submissions.\n", report.entries, report.chains,
             report.submissions);
  for (auto const& each : report.findings) {
    fmt::print(out, "- {}{}{}\n",
               each.chain.empty() ? std::string()
                                  : fmt::format("chain {}, entry {}: ", each.chain, each.number),
               db::to_string(each.fault), subject_of(each));
  }
  fmt::print(out, "{}\n",
             report.findings.empty()
                 ? "Everything is as it was written."
                 : "The trail was changed: keep this database as it is and ask for help.");
}

void print_json(std::FILE* out, db::audit_report const& report) {
  std::string text;
  forms::json_writer json(text);
  json.begin_object()
      .member("chains", report.chains)
      .member("entries", report.entries)
      .member("submissions", report.submissions);
  json.key("findings").begin_array();
  for (auto const& each : report.findings) {
    json.begin_object()
        .member("chain", std::string_view(each.chain))
        .member("number", each.number)
        .member("fault", db::to_string(each.fault));
    if (each.subject) json.member("subject", std::string_view(certs::to_string(*each.subject)));
    json.end_object();
  }
  json.end_array().end_object();
  fmt::print(out, "{}\n", text);
}

std::string text_of_heads(std::string const& file) {
  try {
    return read_file(file);
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::usage, error.what(),
                         "--heads takes the file that [audit] heads_file names");
  }
}

/// Adds what does not fit to the report. Throws command_failed where the file itself is not whole.
void compare_with_outside(surroundings const& around, installation const& parts, db::pool& desk,
                          std::string const& file, db::audit_report& report) {
  auto const reading = read_heads(text_of_heads(file), head_signer(parts.keys()));
  if (!reading.bad_lines.empty()) {
    throw command_failed(exit_code::input_bad,
                         fmt::format("{}, line {}: not a head that this installation has signed",
                                     file, reading.bad_lines.front()),
                         "somebody changed the file, or it is another installation's");
  }
  if (reading.heads.empty()) {
    throw command_failed(
        exit_code::input_bad, file + " holds no signed head",
        "it was emptied, or the service has not written to it yet: [audit] heads_file");
  }
  if (reading.cut_lines > 0) {
    fmt::print(around.err, "{} lines were cut off while they were written, and are left out.\n",
               reading.cut_lines);
  }
  auto const findings = db::compare_heads(desk, reading.heads);
  report.findings.insert(report.findings.end(), findings.begin(), findings.end());
  fmt::print(around.err, "{} signed heads were compared.\n", reading.heads.size());
}

}  // namespace

exit_code audit_verify(surroundings const& around, config const& settings,
                       audit_verify_options const& options) {
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  std::function<void(std::int64_t)> progress;
  if (::isatty(STDERR_FILENO) == 1) {
    progress = [&around](std::int64_t seen) { fmt::print(around.err, "\r{} entries", seen); };
  }
  auto const key = parts.keys().key(certs::key_role::audit_head).view();
  if (db::look_at_trail_key(desk, key) == db::trail_key::other) {
    fmt::print(around.err,
               "No chain in this database bears this key: is {} the key file that belongs to it?\n",
               settings.keys_file);
  }
  auto report = db::verify_audit(desk, key, db::audit_depth::ciphertexts, progress);
  auto const records = check_records(desk, parts.keys(), parts.keks());
  report.findings.insert(report.findings.end(), records.begin(), records.end());
  if (!options.heads.empty()) {
    compare_with_outside(around, parts, desk, options.heads, report);
  }
  if (options.format == output_format::json) {
    print_json(around.out, report);
  } else {
    print_text(around.out, report);
  }
  return report.findings.empty() ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
