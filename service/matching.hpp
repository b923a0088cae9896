#pragma once
#include "db/appointments.hpp"
#include "db/submissions.hpp"
#include "service/application.hpp"
#include "service/expected_person.hpp"
#include "service/summary.hpp"

#include <optional>
#include <span>
#include <vector>

/// Which submission is for which appointment, where nobody came by a link.
namespace intake::service {

/// An appointment whose row opened.
struct opened_appointment {
  db::appointment_row row;
  /// Nothing where it does not open.
  std::optional<expected_person> who;
};

opened_appointment opened(application const&, db::appointment_row);

/// A submission that may be for an appointment.
struct match_candidate {
  db::submission_head head;
  summary sent;
};

/// Same surname, birth date and given names, sent within 90 days before the appointment, for no
/// appointment yet. Throws db::unavailable.
std::vector<match_candidate> match_candidates(application&, opened_appointment const&);

/// Matches what leaves no choice: one candidate, and no nearer appointment of that name and birth
/// date that still waits. Adds it to the rows; says so in the audit trail.
void match_by_name(application&, std::span<opened_appointment>, certs::utc_time now);

}  // namespace intake::service
