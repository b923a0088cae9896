#include "db/audit_log.hpp"
#include "forms/json_writer.hpp"
#include "service/commands/commands.hpp"
#include "service/installation.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::commands {
namespace {

void print_text(std::FILE* out, db::audit_report const& report) {
  fmt::print(out, "{} entries in {} chains, {} submissions.\n", report.entries, report.chains,
             report.submissions);
  for (auto const& each : report.findings) {
    fmt::print(out, "- chain {}, entry {}: {}{}\n", each.chain, each.number,
               db::to_string(each.fault),
               each.subject ? " (submission " + certs::to_string(*each.subject) + ")" : "");
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

}  // namespace

exit_code audit_verify(surroundings const& around, config const& settings,
                       audit_verify_options const& options) {
  installation const parts(settings);
  db::pool desk({.conninfo = settings.database_desk});
  std::function<void(std::int64_t)> progress;
  if (::isatty(STDERR_FILENO) == 1) {
    progress = [&around](std::int64_t seen) { fmt::print(around.err, "\r{} entries", seen); };
  }
  auto const report = db::verify_audit(desk, parts.keys().key(certs::key_role::audit_head).view(),
                                       db::audit_depth::ciphertexts, progress);
  if (options.format == output_format::json) {
    print_json(around.out, report);
  } else {
    print_text(around.out, report);
  }
  return report.findings.empty() ? exit_code::good : exit_code::input_bad;
}

}  // namespace intake::service::commands
