#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The clinic's day list. All functions here need the role intake_desk and throw `unavailable`.
namespace intake::db {

/// What happened to an appointment on its day.
enum class appointment_state : std::uint8_t { expected, arrived, left, no_show };

/// "expected", "arrived", "left", "no-show".
std::string_view to_string(appointment_state);
std::optional<appointment_state> parse_appointment_state(std::string_view);

/// Who comes is sealed in `content`; it is bound to id and revision.
struct appointment {
  certs::uuid id;
  /// Which of the clinic's locations, 1-40 bytes.
  std::string location;
  certs::utc_time starts_at{};
  /// Keyed hash of the schedule's own number; nothing for a walk-in.
  std::optional<certs::hash256> source;
  /// Blind index of surname and birth date; nothing where the birth date is not known.
  std::optional<certs::hash256> token;
  std::int32_t revision = 1;
  certs::wrapped_key key;
  certs::bytes content;
  /// Of a change that is to be stored: when it was given to another person. Links of the one before
  /// end, and what was begun or received for it is not for it any more.
  std::optional<certs::utc_time> other_person_since{};
};

/// How far a packet that is being filled in for an appointment got.
struct packet_progress {
  certs::uuid draft;
  int forms_done = 0;
  int forms_asked = 0;
  bool help_asked = false;
};

/// The newest link to an appointment's packet that was not taken back.
struct invitation_progress {
  certs::uuid id;
  certs::utc_time created{};
  certs::utc_time expires{};
  std::optional<certs::utc_time> opened;
};

struct appointment_row {
  appointment what;
  appointment_state state = appointment_state::expected;
  /// Of the event that made the state; 0 where nothing has happened yet.
  std::int32_t event_number = 0;
  std::optional<certs::utc_time> state_since;
  std::optional<packet_progress> progress;
  std::optional<invitation_progress> invitation;
  /// Submissions that are for this appointment, the newest match first.
  std::vector<certs::uuid> submissions;
};

void add_appointment(pool&, appointment const&);
/// Replaces time, place and content of revision `next.revision - 1`. False: somebody else was
/// quicker.
[[nodiscard]] bool change_appointment(pool&, appointment const& next);
/// A list of the schedule: those of revision 1 are added, the others replaced as above; all of them
/// or none. `before_commit` is called when every row is stored and nobody else sees one yet; what
/// it throws takes them back. False: somebody else stores a list or was quicker.
[[nodiscard]] bool store_appointments(pool&, std::span<appointment const>,
                                      std::function<void()> const& before_commit);
std::optional<appointment> find_appointment_by_source(pool&, certs::hash256 const& source);

std::optional<appointment_row> find_appointment(pool&, certs::uuid id, certs::utc_time now);
/// Those of a location that begin in [from, to), in their order.
std::vector<appointment_row> list_appointments(pool&, std::string_view location,
                                               certs::utc_time from, certs::utc_time to,
                                               certs::utc_time now);
/// All that begin after `from`, at every location, the nearest first; at most `rows_max`.
std::vector<appointment_row> list_future_appointments(pool&, certs::utc_time from, int rows_max);

/// All of people with that surname and birth date that were not missed, in their order.
std::vector<appointment> list_appointments_by_token(pool&, certs::hash256 const& token);

struct appointment_act {
  certs::uuid appointment;
  appointment_state to = appointment_state::expected;
  /// The event that the person saw when they acted.
  std::int32_t seen_number = 0;
  certs::utc_time at{};
  certs::uuid actor;
};
/// Appends what happened. False: somebody else has acted since `seen_number`; nothing was changed.
[[nodiscard]] bool set_appointment_state(pool&, appointment_act const&);
/// Appends the state that held before event `seen_number`; its `to` is not looked at.
[[nodiscard]] bool undo_appointment_state(pool&, appointment_act const&);

/// When the visit begins that each of these submissions is for, the latest where it is for several;
/// one that is for none is not there. Throws `unavailable`.
std::vector<std::pair<certs::uuid, certs::utc_time>> visit_times(pool&,
                                                                 std::span<certs::uuid const>);

}  // namespace intake::db
