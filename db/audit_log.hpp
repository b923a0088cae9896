#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"
#include "db/audit_entry.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// What is wrong with the first bad entry of a chain.
enum class audit_fault {
  /// Its fields do not give the link stored with it: edited, swapped with another, or written
  /// without the key.
  entry_changed,
  /// It is not there, but later ones are.
  entry_missing,
  /// The head knows nothing of it.
  entry_added,
  /// Its time is before its predecessor's.
  clock_back,
  /// It is not there, nor are later ones, but the head knows of it.
  tail_cut,
  /// The head was not sealed with this key, or speaks of another last entry.
  head_changed,
  /// Entries without a head.
  head_missing,
  /// The submission version that the entry speaks of is not there.
  submission_missing,
  /// It is not what it was when it was stored: a ciphertext, a hash, a time, a form, the receipt.
  submission_changed,
  /// It is there, but no entry speaks of its storing.
  submission_unaudited,
  /// Its data key is gone, and the trail knows no purge of it that two people approved.
  key_missing,
  /// From here on it is not the trail of which a head was kept outside (db/outside_heads.hpp).
  entry_replaced,
  /// From here on it is missing, though a head that was kept outside knows of it.
  entry_gone,
  /// Its data key does not open it: changed, or another's.
  key_changed,
  /// A data key of no submission.
  key_stray,
  /// It can't be found by what it holds, or by what it does not hold, or there is no such
  /// submission.
  tokens_changed,
  /// The trail says that it is held, and no hold is there.
  hold_gone,
  /// A purge was carried out, or approved by somebody, that the trail does not know.
  purge_unaudited,
};

/// One sentence, without a full stop.
std::string_view to_string(audit_fault);

struct audit_finding {
  std::string chain;
  /// The entry's number in its chain; 0 where the head is at fault, or what no entry speaks of.
  std::int64_t number = 0;
  audit_fault fault = audit_fault::entry_changed;
  std::optional<certs::uuid> subject;
};

struct audit_report {
  std::int64_t chains = 0;
  std::int64_t entries = 0;
  std::int64_t submissions = 0;
  /// The first bad entry of each chain, and the submissions at fault beyond it; empty when all is
  /// as it was written.
  std::vector<audit_finding> findings;
};

enum class audit_depth {
  /// The chains and heads only.
  chains,
  /// Also every stored ciphertext against the hash taken when it was stored.
  ciphertexts,
};

/// Hashes the stored values again, in one snapshot, a few thousand rows at a time. `progress` (may
/// be empty) is told the number of entries seen, about once in 10,000. Needs intake_desk or
/// intake_backup; throws `unavailable`.
audit_report verify_audit(pool&, certs::bytes_view audit_key, audit_depth,
                          std::function<void(std::int64_t)> const& progress = {});

/// One stored event, for the pages and reports that show the trail.
struct audit_event {
  std::string chain;
  std::int64_t number = 0;
  certs::utc_time at{};
  audit_entry entry;
};

/// The events about one submission, newest first, or of one actor between two times (until is
/// exclusive).
std::vector<audit_event> events_of_subject(pool&, certs::uuid subject, int rows_max);
std::vector<audit_event> events_of_actor(pool&, std::string_view actor, certs::utc_time from,
                                         certs::utc_time until, int rows_max);

/// The events at which bytes of that keyed hash left, oldest first. Reads the whole trail.
std::vector<audit_event> events_of_content(pool&, certs::hash256 const& content, int rows_max);

}  // namespace intake::db
