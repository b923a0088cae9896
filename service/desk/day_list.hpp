#pragma once
#include "db/appointment_acts.hpp"
#include "service/application.hpp"
#include "service/matching.hpp"
#include "service/readiness.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// A day at one location, as staff work on it.
namespace intake::service::desk {

/// An alert, and who has seen it.
struct shown_alert {
  open_alert what;
  certs::uuid submission;
  std::string seen_by;
};

struct day_row {
  opened_appointment one;
  /// The newest forms for it, if any came.
  std::optional<match_candidate> forms;
  readiness ready;
  std::vector<shown_alert> alerts;
  /// Who has looked the forms through; empty: nobody.
  std::string checked_by;

  /// Nothing is missing, and every alert was seen.
  bool is_ready() const;
};

/// All of a calendar day. Throws db::unavailable.
std::vector<day_row> day_at(application&, location const&, std::chrono::sys_days date,
                            certs::utc_time now, alert_reader);

/// One of them, in the same way; nothing where there is none.
std::optional<day_row> day_row_of(application&, certs::uuid appointment, certs::utc_time now,
                                  alert_reader);

/// "not sent", "sent", "opened", "started 4 of 9", "received", "checked".
std::string packet_words(day_row const&);

/// What an acknowledgement is stored under: the alert's code is in nobody's row.
certs::hash256 alert_hash(certs::keyring const&, certs::uuid submission, std::string_view code);

/// The code under which "looked through" is acknowledged, for one version of the forms.
std::string checked_code(std::int32_t version);

}  // namespace intake::service::desk
