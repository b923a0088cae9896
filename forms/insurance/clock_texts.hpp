#pragma once
#include "forms/insurance/calendar.hpp"
#include "forms/insurance/rows.hpp"

#include <string>

/// The sentences of the clocks. They state the law carefully and send questions to whoever decides.
namespace intake::forms::insurance {

struct clock_text {
  sentence_text patient;
  std::string staff;
};

/// `days_left` 0 is today, 1 tomorrow.
clock_text pip_running_text(int days_left, date last_day);
clock_text const& pip_met_text();
clock_text const& pip_late_text();
clock_text const& pip_over_text();
clock_text const& pip_when_treated_text();
clock_text const& pip_no_date_text();
clock_text authorization_running_text(date last_day);
clock_text authorization_late_text(date last_day);
clock_text const& authorization_answered_text();
clock_text estimate_running_text(date last_day);
clock_text const& estimate_given_text();

}  // namespace intake::forms::insurance
