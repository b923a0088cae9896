#pragma once
#include "service/application.hpp"

#include <chrono>
#include <cstddef>

namespace intake::service::eligibility {

/// The farthest visits that a round asks about.
inline constexpr std::chrono::days asked_ahead_max{7};

struct asked_ahead {
  /// False: it is too early in the day, another instance does it, it was done, or neither line nor
  /// folder is configured.
  bool ran = false;
  std::size_t asked = 0;
};

/// Once a day, from four in the morning at the clinic on, when the payers' systems have time: asks
/// about the visits of today, tomorrow and in seven days: over the line where there is one, else by
/// a file in the folder. What was asked lately is not asked again, so a round that broke off is
/// begun anew. Throws db::unavailable.
asked_ahead ask_ahead(application&, certs::utc_time now);

}  // namespace intake::service::eligibility
