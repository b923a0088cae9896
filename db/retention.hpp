#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The end of records. Role intake_desk unless said otherwise; everything here throws
/// `unavailable`.
namespace intake::db {

/// Submissions that still have their keys, are not held, and whose last contact is before
/// `older_than`: neither they nor any that shares a token of kind `patient_token` with them (the
/// same patient) came since, nor has that patient a visit since. Oldest first, at most `rows_max`.
std::vector<certs::uuid> records_due(pool&, certs::utc_time older_than, std::int16_t patient_token,
                                     int rows_max);

struct purge {
  certs::uuid id;
  certs::utc_time proposed{};
  std::string actor;
  certs::utc_time older_than{};
  std::optional<certs::utc_time> done;
  std::int64_t records = 0;
  std::int64_t approvals = 0;
};

/// `records` is at most `shown_max` of audit_entry.hpp, so that one entry can name them all.
void propose_purge(pool&, purge const&, std::vector<certs::uuid> const& records);
/// Newest first. An approval counts as long as its account may approve: one that was disabled, or
/// has another role now, does not.
std::vector<purge> list_purges(pool&);
std::vector<certs::uuid> purge_records(pool&, certs::uuid id);

/// False where that person approved it before.
[[nodiscard]] bool approve_purge(pool&, certs::uuid id, certs::uuid approver, certs::utc_time now);

/// Destroys the keys and search tokens of a purge's records, with their patients' visits and the
/// links to them, but not of those that are held, or whose patient was there again since it was
/// proposed; in one transaction. Returns whose keys were destroyed. Role intake_retention. Throws
/// `statement_refused` (23514) where two approvals are not there.
std::vector<certs::uuid> destroy_keys(pool&, certs::uuid id, std::int16_t patient_token,
                                      certs::utc_time now);

bool is_held(pool&, certs::uuid submission);
/// False where it is held already.
[[nodiscard]] bool place_hold(pool&, certs::uuid submission, std::string const& actor,
                              std::string const& reason, certs::utc_time now);
/// False where it is not held.
[[nodiscard]] bool release_hold(pool&, certs::uuid submission, certs::utc_time now);

}  // namespace intake::db
