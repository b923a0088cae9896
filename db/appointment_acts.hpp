#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Whose forms are for which visit, and who has seen which alert. Rows are only ever added.
namespace intake::db {

/// How a submission came to its appointment.
enum class match_reason : std::uint8_t { visit, name, staff };

struct appointment_match {
  certs::uuid appointment;
  certs::uuid submission;
  match_reason how = match_reason::staff;
  certs::utc_time at{};
  /// The account of the person who said so; nothing where nobody had to.
  std::optional<certs::uuid> actor;
};

/// Role intake_desk or intake_portal; throws `unavailable`. A pair that is matched already stays
/// one match.
void match_appointment(pool&, appointment_match const&);
/// Takes a match back. Role intake_desk.
void part_appointment(pool&, appointment_match const&);

/// Which of these submissions are for some appointment now, one that nobody came to aside. Role
/// intake_desk.
std::vector<certs::uuid> matched_submissions(pool&, std::span<certs::uuid const> submissions);

/// The visit that a submission is for.
struct visit_of_submission {
  certs::uuid submission;
  certs::uuid appointment;
  std::string location;
  certs::utc_time starts_at{};
};
/// Those that are matched now, the earliest visit first. Role intake_desk.
std::vector<visit_of_submission> visits_of(pool&, std::span<certs::uuid const> submissions);

struct acknowledgement {
  certs::uuid submission;
  /// Keyed hash of the submission and the alert's code: which alert it was is sealed.
  certs::hash256 alert{};
  certs::utc_time at{};
  certs::uuid actor;
};
/// The first person to do so stays. Role intake_desk.
void acknowledge_alert(pool&, acknowledgement const&);
std::vector<acknowledgement> list_acknowledgements(pool&, std::span<certs::uuid const> submissions);

}  // namespace intake::db
