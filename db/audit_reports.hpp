#pragma once
#include "db/audit_log.hpp"

#include <map>
#include <span>
#include <string_view>

/// What the reports ask of the audit trail beside db/audit_log.hpp. All functions here throw
/// `unavailable`, and need intake_desk.
namespace intake::db {

/// The done acts between two times (until is exclusive) that let something leave: one of these
/// actions, or any with the hash of bytes that left. Newest first.
std::vector<audit_event> events_that_left(pool&, std::span<std::string_view const> actions,
                                          certs::utc_time from, certs::utc_time until,
                                          int rows_max);

/// The submissions that share a search token of that kind with this one, itself among them.
std::vector<certs::uuid> records_of_same_token(pool&, certs::uuid submission, std::int16_t kind);

/// The receipts of those that are submissions.
std::map<certs::uuid, std::string> receipts_of(pool&, std::vector<certs::uuid> const&);

}  // namespace intake::db
