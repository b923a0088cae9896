#pragma once
#include <cstdint>
#include <string_view>

/// What an AAA segment lets us do next.
namespace intake::forms::x12 {

enum class next_action : std::uint8_t {
  staff,     ///< nobody but a person can say
  retry,     ///< the same again, with growing pauses
  wait,      ///< the payer answers by itself: send nothing
  schedule,  ///< the same again after `days`
  correct_with_patient,
  enrolment  ///< the clinic's own enrolment with the payer
};

struct next_step {
  next_action action = next_action::staff;
  std::uint8_t days = 0;  ///< for `schedule`
  bool operator==(next_step const&) const = default;
};

/// From AAA03 and AAA04. That the payer answers later, or wants time, goes before the reason; any
/// code that is not known is for staff.
next_step next_step_for(std::string_view reject_code, std::string_view follow_up_code) noexcept;

/// "correct-with-patient".
std::string_view name_of(next_action) noexcept;

}  // namespace intake::forms::x12
