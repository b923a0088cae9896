#pragma once
#include "forms/x12/benefits.hpp"

#include <cstdint>
#include <optional>
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

/// Whether `a` must be done before `b` can help. What a person must do goes before what a program
/// does: as long as one rejection stands, the same question is rejected again. Staff (the reason is
/// not known here), enrolment (nothing of this patient is heard before it), correction; then "send
/// nothing", the longer and the shorter pause, and sending again at once.
bool demands_more(next_step const& a, next_step const& b) noexcept;

/// Of every AAA of an answer, those inside its benefits too, what demands most; nothing where there
/// is none.
std::optional<next_step> next_step_of(response const&, answer const&);

/// "correct-with-patient".
std::string_view name_of(next_action) noexcept;

}  // namespace intake::forms::x12
