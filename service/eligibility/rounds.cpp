#include "service/eligibility/rounds.hpp"

#include "db/eligibility_files.hpp"
#include "forms/insurance/calendar.hpp"
#include "service/eligibility/asking.hpp"
#include "service/eligibility/asking_rules.hpp"
#include "service/eligibility/folders.hpp"
#include "service/eligibility/questions.hpp"

namespace intake::service::eligibility {
namespace {

using std::chrono::days;

constexpr std::chrono::hours begins_at{4};

/// Seven days before, the day before and on the day everything is asked about that may be; between
/// them what no round has come to yet: somebody sent late, or nothing ran on its day.
std::vector<work_row> of_round(std::vector<work_row> rows, std::chrono::sys_days day,
                               std::chrono::sys_days today) {
  auto const left = day - today;
  if (left == days(0) || left == days(1) || left == asked_ahead_max) return rows;
  std::erase_if(rows, [&](work_row const& each) {
    return each.latest &&
           !is_due_again(each, today, std::chrono::floor<days>(each.latest->head.as_of));
  });
  return rows;
}

/// The worker asks them one by one, as fast as it may.
std::size_t queue_all(application& app, std::vector<work_row> const& rows, certs::utc_time now) {
  auto const wanted = rows_to_ask(app, rows, now);
  for (auto const* row : wanted) {
    queue(app.desk,
          {.submission = row->submission,
           .coverage = row->told.number,
           .why = db::request_reason::ahead,
           .off_peak = row->told.is_medicare},
          now);
  }
  return wanted.size();
}

std::size_t ask_for(application& app, std::chrono::sys_days day, std::chrono::sys_days today,
                    certs::utc_time now) {
  auto const rows = of_round(work_of_day(app, day, now).rows, day, today);
  if (rows.empty()) return 0;
  db::audit_entry entry;
  entry.action = "eligibility-asked";
  entry.purpose = "eligibility";
  for (auto const& each : rows) entry.shown.push_back(each.submission);
  app.writer.append(std::move(entry));
  if (is_connected(app.settings)) return queue_all(app, rows, now);
  auto const made = make_batch(app, rows, {}, now);
  // A folder that can't be written to now gets the file later (put_late_files).
  put_into_folder(app, made);
  return made.asked;
}

}  // namespace

asked_ahead ask_ahead(application& app, certs::utc_time now) {
  auto const& settings = app.settings;
  bool const has_way = is_connected(settings) || !settings.eligibility_outbox_folder.empty();
  if (!has_way || !cannot_ask(settings).empty()) return {};
  std::chrono::sys_days const today{app.clock.date(now)};
  auto const begins = app.clock.instant(today, begins_at);
  if (!begins || now < *begins) return {};
  auto const round = forms::insurance::write_date(today);
  if (!db::begin_round(app.desk, round, now)) return {};
  asked_ahead result{.ran = true, .asked = 0};
  for (auto day = today; day <= today + asked_ahead_max; day += days(1)) {
    result.asked += ask_for(app, day, today, now);
  }
  db::end_round(app.desk, round, now);
  return result;
}

}  // namespace intake::service::eligibility
