#include "forms/x12/next_step.hpp"

#include <algorithm>
#include <iterator>

namespace intake::forms::x12 {
namespace {

struct step_row {
  std::string_view reject_code;     ///< empty: any
  std::string_view follow_up_code;  ///< empty: any
  next_step step;
};

// The first row that fits holds.
constexpr step_row next_steps[] = {
    {"", "S", {next_action::wait, 0}},
    {"", "Y", {next_action::wait, 0}},
    {"", "W", {next_action::schedule, 30}},
    {"", "X", {next_action::schedule, 10}},
    {"42", "P", {next_action::retry, 0}},
    {"42", "R", {next_action::retry, 0}},
    {"80", "P", {next_action::retry, 0}},
    {"80", "R", {next_action::retry, 0}},
    {"58", "", {next_action::correct_with_patient, 0}},
    {"71", "", {next_action::correct_with_patient, 0}},
    {"72", "", {next_action::correct_with_patient, 0}},
    {"73", "", {next_action::correct_with_patient, 0}},
    {"75", "", {next_action::correct_with_patient, 0}},
    {"41", "", {next_action::enrolment, 0}},
    {"43", "", {next_action::enrolment, 0}},
    {"50", "", {next_action::enrolment, 0}},
    {"51", "", {next_action::enrolment, 0}},
};

bool fits(std::string_view wanted, std::string_view code) {
  return wanted.empty() || wanted == code;
}

int demand_of(next_action action) {
  // In the order of the enumeration.
  constexpr int demands[] = {6, 1, 3, 2, 4, 5};
  return demands[static_cast<std::size_t>(action)];
}

}  // namespace

next_step next_step_for(std::string_view reject_code, std::string_view follow_up_code) noexcept {
  auto const* const found = std::ranges::find_if(next_steps, [&](step_row const& row) {
    return fits(row.reject_code, reject_code) && fits(row.follow_up_code, follow_up_code);
  });
  return found == std::end(next_steps) ? next_step{} : found->step;
}

bool demands_more(next_step const& a, next_step const& b) noexcept {
  auto const x = demand_of(a.action);
  auto const y = demand_of(b.action);
  return x != y ? x > y : a.days > b.days;
}

std::optional<next_step> next_step_of(response const& all, answer const& one) {
  std::optional<next_step> most;
  auto const look_at = [&most](std::vector<rejection> const& list) {
    for (auto const& each : list) {
      auto const step = next_step_for(each.reason, each.follow_up);
      if (!most || demands_more(step, *most)) most = step;
    }
  };
  if (one.source != nobody) look_at(all.sources[one.source].rejections);
  if (one.receiver != nobody) look_at(all.receivers[one.receiver].rejections);
  if (one.subscriber != nobody) look_at(all.subscribers[one.subscriber].rejections);
  if (one.dependent != nobody) look_at(all.dependents[one.dependent].rejections);
  for (auto const& row : one.benefits) look_at(row.rejections);
  return most;
}

std::string_view name_of(next_action action) noexcept {
  constexpr std::string_view names[] = {
      "staff", "retry", "wait", "schedule", "correct-with-patient", "enrolment"};
  return names[static_cast<std::size_t>(action)];
}

}  // namespace intake::forms::x12
