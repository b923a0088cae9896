#pragma once
#include "forms/insurance/clocks.hpp"
#include "forms/plan/answered_form.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace intake::service {

/// The 14 days of Florida auto insurance as a packet tells of an accident. They run on the accident
/// and the first care anywhere, whenever our own visit is.
forms::insurance::clock_reading accident_clock(std::span<forms::answered_form const>,
                                               std::chrono::year_month_day today);

/// What a row's summary keeps of a term that is running or may be: "pip-day-14.2026-11-24",
/// "pip-ask-dates"; empty where staff have nothing to do.
std::string alert_code(forms::insurance::clock_reading const&);

/// The same beside the day it is: "PIP: last day tomorrow"; empty for any other code.
std::string clock_words(std::string_view code, std::chrono::sys_days today);

/// What staff read for such a code; empty for any other.
std::string clock_words(std::string_view code);

}  // namespace intake::service
