#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"
#include "db/submissions.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace intake::db {

/// A packet that a patient has begun and not sent: its content sealed, found by the browser's
/// session or by the resume code. Unlike a submission it changes and goes away.
struct draft {
  /// The submission that it becomes.
  certs::uuid id;
  certs::hash256 session_hash{};
  /// Nothing once the packet was sent: then nobody can come back to it.
  std::optional<certs::hash256> code_hash;
  /// Wrong birth dates given with the code since the last right one.
  std::int32_t tries = 0;
  /// Counts saves from 1; the content is sealed for it.
  std::int32_t revision = 1;
  certs::wrapped_key key;
  certs::bytes content;
  certs::utc_time expires{};
  /// The visit in the day list that it is for; nothing where the patient came by themselves.
  std::optional<certs::uuid> appointment;
  /// How far it got, for staff, who never read it.
  std::int16_t forms_done = 0;
  std::int16_t forms_asked = 0;
  /// On a shared device the browser loses it at this time.
  std::optional<certs::utc_time> session_ends;
  /// When the patient handed it to staff.
  std::optional<certs::utc_time> help_asked;
};

/// All functions here throw `unavailable`, and need the role intake_portal. A draft whose time is
/// over is never found, whether or not it was removed already.
void start_draft(pool&, draft const&);

std::optional<draft> find_draft(pool&, certs::hash256 const& session_hash, certs::utc_time now);
/// Whosever it is: for an invitation's packet, and for one that was handed to staff.
std::optional<draft> find_draft_by_id(pool&, certs::uuid const& id, certs::utc_time now);
/// The newest one for that visit of the day list.
std::optional<draft> find_draft_of_appointment(pool&, certs::uuid const& appointment,
                                               certs::utc_time now);
/// Those that were handed to staff, who asked last first; `after` is the last row of the page
/// before.
std::vector<draft> list_drafts_handed_over(pool&, certs::utc_time now,
                                           std::optional<page_mark> after, int rows_max);
std::optional<draft> find_draft_by_code(pool&, certs::hash256 const& code_hash,
                                        certs::utc_time now);

/// Stores code, key, content and expiry of revision `next.revision`, if the one before is what the
/// table holds. False: another window saved in between, or the draft is gone; nothing was changed.
bool save_draft(pool&, draft const& next);

/// Counts one more try with the code; returns how many there were since the last right one.
int count_draft_try(pool&, certs::uuid const& id);
/// The browser of a shared device keeps it until then.
void keep_draft_session(pool&, certs::uuid const& id, certs::utc_time session_ends);
/// Gives the draft to another browser and forgets the tries; the browser before loses it.
void hand_over_draft(pool&, certs::uuid const& id, certs::hash256 const& session_hash,
                     std::optional<certs::utc_time> session_ends = {});

void remove_draft(pool&, certs::uuid const& id);
/// Deletes what is over; returns how many there were.
int remove_expired_drafts(pool&, certs::utc_time now);

}  // namespace intake::db
