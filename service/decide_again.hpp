#pragma once
#include "forms/insurance/decision.hpp"
#include "service/application.hpp"
#include "service/expected_person.hpp"
#include "service/stored_decisions.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// A visit to come is decided on again when its day and place are known, when its forms have a
/// newer version, and whenever other rules decide. Each decision is appended; the ones before stay.
namespace intake::service {

struct decided_again {
  int decided = 0;
  int changed = 0;
};

/// Goes over all appointments to come, by the rules in force. Matches forms by name first. What was
/// opened is in the audit trail before anything is written. Throws db::unavailable.
decided_again decide_appointments(application&, certs::utc_time now);

/// A visit to come whose patient must hear of another decision.
struct decision_call {
  certs::uuid appointment;
  certs::utc_time starts_at{};
  std::string location;
  std::optional<expected_person> who;
  std::string before;
  std::string after;
  forms::insurance::sentence_text say;
  std::string reason;
};

/// The nearest visit first. Rows that do not open are left out.
std::vector<decision_call> decision_calls(application&, certs::utc_time now);

/// Calls `visit` for every decision that was made again, in their order; how many there were. What
/// was opened is in the audit trail before `visit` hears of it. Throws db::unavailable.
std::size_t for_each_decision_again(decision_source const&,
                                    std::function<void(stored_decision const&)> const& visit);

}  // namespace intake::service
