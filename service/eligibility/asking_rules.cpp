#include "service/eligibility/asking_rules.hpp"

#include "forms/insurance/calendar.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::eligibility {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr hours payer_answers_within{24};
constexpr days before_visit[] = {days(7), days(1), days(0)};

struct action_row {
  std::string_view action;
  hours pause;
  std::string_view words;
};
/// How long a question rests after the payer's refusal; `retry` and `schedule` have pauses of their
/// own.
constexpr action_row rests[] = {
    {"wait", payer_answers_within, "the payer answers by itself: nothing is sent again"},
    {"correct-with-patient", hours(24 * 365),
     "ask the patient first: the payer would say the same"},
    {"enrolment", hours(24 * 7), "the clinic's enrolment with the payer comes first"},
    {"staff", hours(24), "a person must look at the payer's answer first"}};

std::string refused_lately(check_summary const& said, asking_state const& state,
                           certs::utc_time asked) {
  auto const since = state.now - asked;
  if (said.action == "retry") {
    auto const pause = pause_after(state.failures);
    if (since >= pause) return {};
    return fmt::format("the payer's system did not answer: asked again {} minutes after that",
                       pause.count());
  }
  if (said.action == "schedule") {
    if (since >= days(said.days)) return {};
    return fmt::format("the payer asks us to wait {} days", said.days);
  }
  if (said.action == "enrolment" && state.enrolled > asked) return {};
  auto const* const row = std::ranges::find(rests, said.action, &action_row::action);
  if (row == std::end(rests) || since >= row->pause) return {};
  return std::string(row->words);
}

}  // namespace

int failures_in_a_row(std::vector<opened_check> const& checks) {
  auto const good = std::ranges::find_if(checks, [](opened_check const& each) {
    if (!each.summary) return true;
    // Some rows and "try again" are no answer yet.
    bool const in_part =
        each.summary->status == verdict::unclear && each.summary->action == "retry";
    return each.summary->status != verdict::could_not_check && !in_part;
  });
  return static_cast<int>(good - checks.begin());
}

std::chrono::minutes pause_after(int failures) {
  auto pause = std::chrono::minutes(15);
  for (int n = 1; n < failures && pause < hours(24); ++n) pause *= 2;
  return std::min(pause, std::chrono::minutes(hours(24)));
}

bool is_due_again(work_row const& row, std::chrono::sys_days today, std::chrono::sys_days checked) {
  return std::ranges::any_of(before_visit, [&](days before) {
    auto const point = std::chrono::sys_days(row.day) - before;
    return checked < point && point <= today;
  });
}

std::string why_not_even_on_demand(work_row const& row, certs::utc_time now) {
  bool const waits = row.latest && row.latest->summary && row.latest->summary->action == "wait" &&
                     now - row.latest->head.as_of < payer_answers_within;
  return waits ? "The payer said that it answers by itself: nothing is sent again." : "";
}

std::string why_not_now(work_row const& row, asking_state const& state) {
  if (auto why = why_not_sent(row.told); !why.empty()) return why;
  auto const* const asked = state.asked;
  bool const waits = asked != nullptr && asked->what.version == row.version && !asked->answered &&
                     asked->acknowledged != "rejected" &&
                     state.now - asked->what.created < state.awaited;
  if (waits) return "asked already, and the answer is awaited";
  auto const stands = row.stands();
  if (!row.latest || !row.latest->summary || stands == standing::corrected) return {};
  auto const& head = row.latest->head;
  bool const refused = stands == standing::could_not_check ||
                       (stands == standing::unclear && !row.latest->summary->action.empty());
  // A newer version with the same insurance: the patient was asked, and stays with it.
  bool const confirmed = refused && row.latest->summary->action == "correct-with-patient" &&
                         row.version > head.version;
  if (confirmed) return {};
  if (refused) return refused_lately(*row.latest->summary, state, head.as_of);
  auto const checked = std::chrono::floor<days>(head.as_of);
  bool const settled = stands == standing::active || stands == standing::inactive;
  bool const for_day = head.service_date == forms::insurance::write_date(row.day);
  if (settled && for_day && !is_due_again(row, state.today, checked)) {
    return "already checked for this day: " + std::string(words_of(stands));
  }
  return {};
}

}  // namespace intake::service::eligibility
