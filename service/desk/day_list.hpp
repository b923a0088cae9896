#pragma once
#include "db/appointment_acts.hpp"
#include "db/deliveries.hpp"
#include "service/application.hpp"
#include "service/matching.hpp"
#include "service/readiness.hpp"
#include "service/settlements.hpp"

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

/// What was missing and is settled, by whom and when.
struct shown_settlement {
  missing_item item;
  settled_item what;
  std::string by;
};
/// "signature: Privacy: signed on paper, seen by front, 9:05 AM".
std::string settled_words(shown_settlement const&);

struct day_row {
  opened_appointment one;
  /// The newest forms for it, if any came.
  std::optional<match_candidate> forms;
  readiness ready;
  std::vector<shown_alert> alerts;
  std::vector<shown_settlement> settled;
  /// The codes of all that was missing before anything was settled, in their order.
  std::vector<std::string> asked_for;
  /// How its link was sent, where it was.
  std::optional<db::delivery_standing> delivery;
  /// Who has looked the forms through; empty: nobody.
  std::string checked_by;

  /// What it is called in addresses: its place among all that was or is missing, from 1.
  std::size_t number_of(missing_item const&) const;
  /// Nothing is missing, and every alert was seen.
  bool is_ready() const;
};

/// All of a calendar day. Throws db::unavailable.
std::vector<day_row> day_at(application&, location const&, std::chrono::sys_days date,
                            certs::utc_time now, alert_reader);

/// One of them, in the same way; nothing where there is none.
std::optional<day_row> day_row_of(application&, certs::uuid appointment, certs::utc_time now,
                                  alert_reader);

/// "not sent", "being sent", "not delivered: …", "sent", "opened", "started 4 of 9", "received",
/// "checked".
std::string packet_words(day_row const&);

/// What an acknowledgement is stored under: the alert's code is in nobody's row.
certs::hash256 alert_hash(certs::keyring const&, certs::uuid submission, std::string_view code);

/// The same as text: what pages name an alert by, which says nothing of why it is there.
std::string alert_mark(certs::keyring const&, certs::uuid submission, std::string_view code);

/// Who is only told to ask the clinician has not seen what there is to see.
bool may_acknowledge(application const&, std::string const& code, alert_reader);

/// Nothing is missing in these forms, and every alert of them was seen by somebody who may.
bool is_all_settled(application&, certs::uuid submission, summary const&, certs::utc_time now);

/// The code under which "looked through" is acknowledged, for one version of the forms.
inline constexpr std::string_view checked_prefix = "checked-";
std::string checked_code(std::int32_t version);

}  // namespace intake::service::desk
