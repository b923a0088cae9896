#pragma once
#include "db/appointment_acts.hpp"
#include "service/application.hpp"
#include "service/eligibility/stored_checks.hpp"
#include "service/eligibility/told_coverage.hpp"
#include "service/expected_person.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Coverages as billing works through them.
namespace intake::service::eligibility {

/// What billing sees of a coverage at a glance.
enum class standing : std::uint8_t {
  active,
  inactive,
  unclear,
  could_not_check,
  not_yet,    ///< nobody has asked
  corrected,  ///< asked, but the patient has corrected the coverage since
};
/// "not-yet"; "Not yet"; the colour of its tag.
std::string_view name_of(standing);
std::string_view words_of(standing);
std::string_view tag_class_of(standing);

struct work_row {
  certs::uuid submission;
  std::int32_t version = 1;
  std::string receipt;
  /// Nothing where the submission is for no visit in the day list.
  std::optional<db::visit_of_submission> visit;
  told_coverage told;
  /// How many coverages the submission has.
  std::size_t of = 1;
  /// Date of service.
  forms::insurance::date day{};
  std::optional<opened_check> latest;
  /// Where the latest could not be made, the last one that said something of the plan.
  std::optional<opened_check> known{};

  standing stands() const;
  /// What a check that could not be made lets us do next: "enrolment", "correct-with-patient" …;
  /// empty where there is no such check.
  std::string next_action() const;
  /// What the latest check says otherwise than the one before; empty: nothing.
  std::string changed() const;
};

/// Every coverage of these submissions, in the order given; answers are opened for it, so the
/// caller's audit entry names them before anything is shown. Those that do not open are left out
/// and counted.
struct work_rows {
  std::vector<work_row> rows;
  std::size_t closed = 0;
};
work_rows coverages_of(application&, std::span<certs::uuid const> submissions, certs::utc_time now);

/// Of a calendar day at every location, by the time of the appointment.
work_rows work_of_day(application&, std::chrono::sys_days day, certs::utc_time now);

/// "", "to-do" (all but active and inactive), "changed", "cannot-send", "enrolment", "ask-patient",
/// or a standing's name.
bool is_filter(std::string_view name);
bool passes(work_row const&, std::string_view filter);

}  // namespace intake::service::eligibility
