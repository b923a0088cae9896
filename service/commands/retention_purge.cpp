#include "service/commands/retention_acts.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

// The trail says first what may be about to be destroyed, then what was: an entry without a deed is
// a question, a deed without an entry would be a hole.
exit_code retention_purge(surroundings const& around, config const& settings,
                          retention_purge_options const& options) {
  retention_desk home(around, settings);
  auto const proposal = home.find(options.id);
  if (proposal.done) throw command_failed(exit_code::input_bad, "that proposal was carried out");
  if (proposal.approvals < 2) {
    throw command_failed(exit_code::refused,
                         fmt::format("it has {} of 2 approvals", proposal.approvals),
                         "`intake retention approve`, by two people");
  }
  auto const append = [&](char const* action, std::vector<certs::uuid> records) {
    auto entry = retention_desk::entry(action, certs::to_string(proposal.id));
    entry.shown = std::move(records);
    home.writer.append(std::move(entry));
  };
  append("destruction-begun", db::purge_records(home.desk, proposal.id));
  // Thousands of records with all that hangs on them, in one transaction: it takes what it takes.
  db::pool retention({.conninfo = settings.database_retention,
                      .connections_max = 1,
                      .statement_timeout = std::chrono::milliseconds(0)});
  auto const destroyed =
      db::destroy_keys(retention, proposal.id, patient_token(), around.world.now());
  append("records-destroyed", destroyed);
  fmt::print(around.out,
             "The keys of {} records are destroyed; {} stay, because they are held or their "
             "patient came again.\nBackups older than today still open them: they are gone in {} "
             "days ([backup] keep_days).\n",
             destroyed.size(), proposal.records - static_cast<std::int64_t>(destroyed.size()),
             settings.backup_keep_days);
  return exit_code::good;
}

}  // namespace intake::service::commands
