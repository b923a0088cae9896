#pragma once
#include "forms/insurance/clocks.hpp"
#include "forms/plan/answered_form.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// A term that a packet set running, or that may be running for all it tells.
struct running_term {
  /// What a row's summary keeps of it: "pip-day-14.2026-11-24", "pip-ask-dates",
  /// "carrier-answer.2026-12-02", "estimate.2026-12-02". Empty where staff have nothing to do.
  std::string code;
  /// For the patient; empty where there is nothing to say.
  forms::insurance::sentence_text patient;
};

/// The 14 days of Florida auto insurance, a workers' compensation carrier's answer, the written
/// estimate for who pays alone. They run on their own facts, whenever our visit is; what is asked
/// of the clinic (the carrier's authorization, the estimate) begins on the day the packet `came`,
/// its first version, and no later one begins it anew.
std::vector<running_term> terms_of(std::span<forms::answered_form const>,
                                   std::chrono::year_month_day today,
                                   std::chrono::year_month_day came);

/// What staff read for such a code; empty for any other.
std::string term_words(std::string_view code);

/// The same beside the day it is: "PIP: last day tomorrow".
std::string term_words(std::string_view code, std::chrono::sys_days today);

}  // namespace intake::service
