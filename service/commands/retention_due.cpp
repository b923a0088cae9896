#include "certs/utc_text.hpp"
#include "db/audit_entry.hpp"
#include "db/submissions.hpp"
#include "service/clinic/known_settings.hpp"
#include "service/commands/retention_acts.hpp"
#include "service/commands/rule_acts.hpp"
#include "service/record.hpp"
#include "service/retention_classes.hpp"
#include "service/texts/clinic_time.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

// A year of the rule is a calendar year with its leap day, so that nothing goes a day early.
constexpr std::chrono::hours year{24 * 366};

std::string day_of(certs::utc_time time) {
  return certs::utc_text(std::chrono::floor<std::chrono::seconds>(time)).substr(0, 10);
}

/// More than any clinic has in a year; a proposal takes the first shown_max of them.
constexpr int candidates_max = 200'000;
constexpr std::size_t opened_at_once = 500;

struct due_records {
  std::vector<certs::uuid> ids{};
  std::size_t kept_minors = 0;
  std::size_t unread = 0;
};

/// One that does not open is nobody's to destroy by a program: a person looks first.
void sort_in(due_records& due, opened_summary const& read, db::listed_submission const& row,
             int minors_until_age, std::chrono::year_month_day const& today) {
  if (!read.content) {
    ++due.unread;
  } else if (class_of(*read.content, row.head.received, minors_until_age, today) ==
             retention_class::minor) {
    ++due.kept_minors;
  } else if (due.ids.size() < db::shown_max) {
    due.ids.push_back(row.head.id);
  }
}

due_records find_due(surroundings const& around, config const& settings, retention_desk& home,
                     certs::utc_time older_than) {
  auto const today = clinic_time(settings.clinic_time_zone).date(around.world.now());
  auto const candidates = db::records_due(home.desk, older_than, patient_token(), candidates_max);
  due_records due;
  for (std::size_t at = 0; at < candidates.size() && due.ids.size() < db::shown_max;
       at += opened_at_once) {
    auto const some =
        std::span(candidates).subspan(at, std::min(opened_at_once, candidates.size() - at));
    for (auto const& row : db::list_by_ids(home.desk, some)) {
      sort_in(due, open_summary(home.keys.keks, row), row, settings.retention_minors_until_age,
              today);
    }
  }
  return due;
}

/// Years that nobody finds in the configuration.
void say_who_set(surroundings const& around, clinic::values const& set) {
  for (auto const& each : clinic::known_settings()) {
    auto const* const own = set.find(each.key);
    if (own == nullptr || !each.explains_less) continue;
    fmt::print(around.out, "{}: {}, set on the desk's page by {} on {}{}.\n", each.title,
               *own->value, own->actor_name, day_of(own->at),
               own->reason.empty() ? "" : " (" + own->reason + ")");
  }
}

void say_what_stays(surroundings const& around, config const& settings, due_records const& due) {
  if (due.kept_minors > 0) {
    fmt::print(around.out, "{} stay until their patients are {} years old.\n", due.kept_minors,
               settings.retention_minors_until_age);
  }
  if (due.unread > 0) {
    fmt::print(around.out, "{} do not open and are left alone: `intake audit verify`.\n",
               due.unread);
  }
}

}  // namespace

exit_code retention_due(surroundings const& around, config const& of_files,
                        retention_due_options const& options) {
  retention_desk home(around, of_files);
  auto const now = clinic::read_effective(of_files, home.desk);
  auto const& settings = now.settings;
  auto const older_than = around.world.now() - settings.retention_years * year;
  auto const found = find_due(around, settings, home, older_than);
  auto const& due = found.ids;
  fmt::print(around.out, "{} records have a last contact before {} ({} years) and are not held.\n",
             due.size(), day_of(older_than), settings.retention_years);
  say_who_set(around, now.set);
  say_what_stays(around, settings, found);
  if (!options.propose || due.empty()) return exit_code::good;
  db::purge const proposed{.id = certs::new_uuid_v7(around.world),
                           .proposed = around.world.now(),
                           .actor = machine_user(),
                           .older_than = older_than,
                           .done = {}};
  auto entry = retention_desk::entry("destruction-proposed", certs::to_string(proposed.id));
  entry.shown = due;
  home.writer.append(std::move(entry));
  db::propose_purge(home.desk, proposed, due);
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
