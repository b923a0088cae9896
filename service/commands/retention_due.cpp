#include "certs/utc_text.hpp"
#include "db/audit_entry.hpp"
#include "service/commands/retention_acts.hpp"
#include "service/commands/rule_acts.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

// A year of the rule is a calendar year with its leap day, so that nothing goes a day early.
constexpr std::chrono::hours year{24 * 366};

std::string day_of(certs::utc_time time) {
  return certs::utc_text(std::chrono::floor<std::chrono::seconds>(time)).substr(0, 10);
}

}  // namespace

exit_code retention_due(surroundings const& around, config const& settings,
                        retention_due_options const& options) {
  retention_desk home(around, settings);
  auto const older_than = around.world.now() - settings.retention_years * year;
  auto const due =
      db::records_due(home.desk, older_than, patient_token(), static_cast<int>(db::shown_max));
  fmt::print(around.out, "{} records have a last contact before {} ({} years) and are not held.\n",
             due.size(), day_of(older_than), settings.retention_years);
  if (!options.propose || due.empty()) return exit_code::good;
  db::purge const proposed{.id = certs::new_uuid_v7(around.world),
                           .proposed = around.world.now(),
                           .actor = machine_user(),
                           .older_than = older_than,
                           .done = {}};
  db::propose_purge(home.desk, proposed, due);
  auto entry = retention_desk::entry("destruction-proposed", certs::to_string(proposed.id));
  entry.shown = due;
  home.writer.append(std::move(entry));
  fmt::print(around.out,
             "Proposed as {}. Two people approve it: intake retention approve {} --account NAME "
             "--password-file FILE\n",
             short_name(proposed.id), short_name(proposed.id));
  return exit_code::good;
}

exit_code retention_list(surroundings const& around, config const& settings) {
  retention_desk home(around, settings);
  for (auto const& each : db::list_purges(home.desk)) {
    fmt::print(around.out, "{}  proposed {}, {} records before {}, {} of 2 approvals{}\n",
               short_name(each.id), day_of(each.proposed), each.records, day_of(each.older_than),
               each.approvals, each.done ? ", done " + day_of(*each.done) : std::string());
  }
  return exit_code::good;
}

}  // namespace intake::service::commands
