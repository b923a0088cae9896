#pragma once
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/rows.hpp"
#include "forms/insurance/vocabulary.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Terms that run on facts of their own, not on our visit: Florida auto insurance, workers'
/// compensation, good-faith estimates. All work on calendar dates; `local_date` makes them.
namespace intake::forms::insurance {

enum class clock_state : std::uint8_t {
  not_running,  ///< the term does not apply
  unknown,      ///< it may be running, but a date is missing
  running,
  due_tomorrow,
  due_today,
  met,
  passed
};

std::string_view to_word(clock_state state);

struct clock_reading {
  clock_state state = clock_state::not_running;
  /// The last day of the term, where it is known.
  std::optional<date> due;
  /// Days since the term began: 0 on its first day. Empty where unknown.
  std::optional<int> day;
  /// For the patient; empty where there is nothing to say.
  sentence_text patient;
  std::string staff;
  /// Belongs on the desk's board today.
  bool on_board() const {
    return state == clock_state::unknown || state == clock_state::due_tomorrow ||
           state == clock_state::due_today || state == clock_state::running;
  }
};

enum class first_care : std::uint8_t { unknown, not_yet, had };

struct pip_facts {
  accident_kind accident = accident_kind::unknown;
  std::optional<date> accident_date;
  first_care care = first_care::unknown;  ///< after the accident, anywhere
  std::optional<date> first_treatment;
  std::optional<date> visit;  ///< ours, if it is booked
};

/// First care within 14 days after the accident, at any qualified provider: F.S. 627.736(1)(a). Day
/// 14 is the accident's date plus 14 days and still counts.
clock_reading pip_clock(pip_facts const& facts, date today);

/// The carrier answers a written request for authorization by the close of the third business day
/// after it: F.S. 440.13(3)(d).
clock_reading authorization_clock(std::optional<date> requested, std::optional<date> answered,
                                  date today);

struct estimate_facts {
  std::optional<date> scheduled;  ///< the day on which the visit was booked
  std::optional<date> service;
  std::optional<date> requested;  ///< the day on which the patient asked for an estimate
  std::optional<date> given;
};

/// For people who pay themselves, 45 CFR 149.610(b)(1)(vi): within 1 business day after booking
/// when the visit is 3 to 9 business days ahead, within 3 when it is 10 or more ahead, within 3
/// after a request. The earlier of two terms holds.
clock_reading estimate_clock(estimate_facts const& facts, date today);

/// Monday to Friday, without the holidays of 5 U.S.C. 6103 as observed.
bool is_business_day(date day);
date add_business_days(date from, int days);

/// The calendar date an instant has in an IANA time zone ("America/New_York", "America/Chicago");
/// empty for a zone that does not exist.
std::optional<date> local_date(std::chrono::sys_seconds instant, std::string_view zone);

}  // namespace intake::forms::insurance
