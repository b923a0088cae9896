#include "forms/insurance/clocks.hpp"

#include "forms/insurance/clock_texts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr int pip_days = 14;           // F.S. 627.736(1)(a)
constexpr int authorization_days = 3;  // F.S. 440.13(3)(d)
constexpr int estimate_days_near = 1;  // 45 CFR 149.610(b)(1)(vi)(A)
constexpr int estimate_days_far = 3;   // 45 CFR 149.610(b)(1)(vi)(B) and (C)
constexpr int near_booking_days = 3;
constexpr int far_booking_days = 10;

int days_between(date from, date to) {
  return static_cast<int>((to - from).count());
}

clock_state open_state(date due, date today) {
  int const left = days_between(today, due);
  if (left < 0) return clock_state::passed;
  if (left == 0) return clock_state::due_today;
  return left == 1 ? clock_state::due_tomorrow : clock_state::running;
}

clock_reading finished(clock_state state, date due, int day, clock_text const& text) {
  return {state, due, day, text.patient, text.staff};
}

// What is known about the first care decides, whatever day it is today.
std::optional<clock_reading> pip_settled(pip_facts const& facts, date accident, date due, int day) {
  if (!facts.first_treatment || *facts.first_treatment < accident) return std::nullopt;
  bool const in_time = *facts.first_treatment <= due;
  return finished(in_time ? clock_state::met : clock_state::passed, due, day,
                  in_time ? pip_met_text() : pip_late_text());
}

clock_reading pip_open(pip_facts const& facts, date due, int day, date today) {
  auto const state = open_state(due, today);
  if (state != clock_state::passed) {
    auto reading = finished(state, due, day, pip_running_text(pip_days - day, due));
    bool const visit_in_time = facts.visit && *facts.visit >= today && *facts.visit <= due;
    reading.staff +=
        visit_in_time ? fmt::format(" Our visit on {} is in time: do not move it past day 14.",
                                    spoken_date(*facts.visit, "en"))
                      : " Our visit is not within the term: offer an earlier one or name another "
                        "provider.";
    return reading;
  }
  if (facts.care == first_care::not_yet) return finished(state, due, day, pip_over_text());
  return finished(clock_state::unknown, due, day, pip_when_treated_text());
}

std::optional<date> earlier(std::optional<date> left, std::optional<date> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

// 5 U.S.C. 6103(a): the n-th weekday of a month.
date nth_weekday(std::chrono::year year, unsigned month, std::chrono::weekday day, unsigned n) {
  return date{std::chrono::year_month_weekday{year, std::chrono::month{month}, day[n]}};
}

// A holiday on a Saturday is observed on Friday, one on a Sunday on Monday (5 U.S.C. 6103(b), E.O.
// 11582).
date observed(std::chrono::year year, unsigned month, unsigned day) {
  date const holiday{
      std::chrono::year_month_day{year, std::chrono::month{month}, std::chrono::day{day}}};
  std::chrono::weekday const weekday{holiday};
  if (weekday == std::chrono::Saturday) return holiday - std::chrono::days{1};
  if (weekday == std::chrono::Sunday) return holiday + std::chrono::days{1};
  return holiday;
}

bool is_federal_holiday(date day) {
  auto const year = std::chrono::year_month_day{day}.year();
  auto const next = year + std::chrono::years{1};
  using std::chrono::Monday;
  date const last_of_may{
      std::chrono::year_month_weekday_last{year, std::chrono::May, Monday[std::chrono::last]}};
  std::array<date, 12> const holidays{observed(year, 1, 1),
                                      observed(next, 1, 1),
                                      nth_weekday(year, 1, Monday, 3),
                                      nth_weekday(year, 2, Monday, 3),
                                      last_of_may,
                                      observed(year, 6, 19),
                                      observed(year, 7, 4),
                                      nth_weekday(year, 9, Monday, 1),
                                      nth_weekday(year, 10, Monday, 2),
                                      observed(year, 11, 11),
                                      nth_weekday(year, 11, std::chrono::Thursday, 4),
                                      observed(year, 12, 25)};
  return std::find(holidays.begin(), holidays.end(), day) != holidays.end();
}

}  // namespace

std::string_view to_word(clock_state state) {
  static constexpr std::array<std::string_view, 7> words{
      "not_running", "unknown", "running", "due_tomorrow", "due_today", "met", "passed"};
  return words[static_cast<std::size_t>(state)];
}

clock_reading pip_clock(pip_facts const& facts, date today) {
  if (facts.accident != accident_kind::auto_accident) return {};
  if (!facts.accident_date || *facts.accident_date > today) {
    return {clock_state::unknown, {}, {}, pip_no_date_text().patient, pip_no_date_text().staff};
  }
  date const accident = *facts.accident_date;
  date const due = accident + std::chrono::days{pip_days};
  int const day = days_between(accident, today);
  if (auto const settled = pip_settled(facts, accident, due, day)) return *settled;
  if (facts.care == first_care::had && day <= pip_days) {
    return finished(clock_state::met, due, day, pip_met_text());
  }
  return pip_open(facts, due, day, today);
}

clock_reading authorization_clock(std::optional<date> requested, std::optional<date> answered,
                                  date today) {
  if (!requested) return {};
  auto const due = add_business_days(*requested, authorization_days);
  auto const day = days_between(*requested, today);
  if (answered) {
    auto const state = *answered <= due ? clock_state::met : clock_state::passed;
    return finished(state, due, day, authorization_answered_text());
  }
  auto const state = open_state(due, today);
  return finished(state, due, day,
                  state == clock_state::passed ? authorization_late_text(due)
                                               : authorization_running_text(due));
}

clock_reading estimate_clock(estimate_facts const& facts, date today) {
  std::optional<date> due;
  std::optional<date> began;
  if (facts.scheduled && facts.service) {
    bool const far = add_business_days(*facts.scheduled, far_booking_days) <= *facts.service;
    bool const near = add_business_days(*facts.scheduled, near_booking_days) <= *facts.service;
    if (near) {
      due = add_business_days(*facts.scheduled, far ? estimate_days_far : estimate_days_near);
      began = facts.scheduled;
    }
  }
  if (facts.requested) {
    due = earlier(due, add_business_days(*facts.requested, estimate_days_far));
    began = earlier(began, facts.requested);
  }
  if (!due) return {};
  auto const day = days_between(*began, today);
  if (facts.given) {
    auto const state = *facts.given <= *due ? clock_state::met : clock_state::passed;
    return finished(state, *due, day, estimate_given_text());
  }
  return finished(open_state(*due, today), *due, day, estimate_running_text(*due));
}

bool is_business_day(date day) {
  std::chrono::weekday const weekday{day};
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday &&
         !is_federal_holiday(day);
}

date add_business_days(date from, int days) {
  for (; days > 0; --days) {
    do {
      from += std::chrono::days{1};
    } while (!is_business_day(from));
  }
  return from;
}

}  // namespace intake::forms::insurance
