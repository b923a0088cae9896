#pragma once
#include "db/eligibility_files.hpp"
#include "service/eligibility/work_list.hpp"

#include <chrono>
#include <optional>
#include <string>

/// When a payer is asked, and when asked again: X12 005010X279A1, AAA03 and AAA04, and the days
/// before the visit.
namespace intake::service::eligibility {

/// What is known about asking for one coverage.
struct asking_state {
  /// The latest question; null: none.
  db::asked_inquiry const* asked = nullptr;
  /// How many checks in a row could not be made.
  int failures = 0;
  certs::utc_time now{};
  /// At the clinic.
  std::chrono::sys_days today{};
  /// How long an answer may still come; files take a day.
  std::chrono::seconds awaited = std::chrono::hours(24);
  /// When the clinic last settled its enrolment with the payer.
  std::optional<certs::utc_time> enrolled{};
};

/// Why it is not asked about now, in words for staff; empty: ask.
std::string why_not_now(work_row const&, asking_state const&);

/// Why nobody may ask even on demand: the payer said that it answers by itself (AAA04 S or Y), and
/// whoever asks again only makes it answer twice. Empty: ask.
std::string why_not_even_on_demand(work_row const&, certs::utc_time now);

/// Whether a visit's coverage is to be asked about once more: seven days before, the day before,
/// and on the day, whatever an earlier check came to.
bool is_due_again(work_row const&, std::chrono::sys_days today, std::chrono::sys_days checked);

/// How many of these checks, the latest first, could not be made.
int failures_in_a_row(std::vector<opened_check> const&);

/// Fifteen minutes, and twice as long after each failure, at most a day.
std::chrono::minutes pause_after(int failures);

}  // namespace intake::service::eligibility
