#pragma once
#include "certs/bytes.hpp"
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/audit_entry.hpp"
#include "db/new_submission.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What the audit trail's hashes cover, byte for byte. Writer and verifier share nothing but this.
///
/// All integers are big-endian; each list of fields goes through certs::chain_link, which puts
/// every field's length before it, and then through HMAC-SHA-256 with the audit key, so that nobody
/// without the key can continue or rewrite a chain, not even by hashing all of it anew.
namespace intake::db {

/// Where a chain stands: the number, time and link of its last entry. A new chain stands at number
/// 0, link 0.
struct chain_position {
  std::int64_t number = 0;
  certs::utc_time at{};
  certs::hash256 link{};
};

/// One entry in its place.
struct chained_event {
  std::string_view chain;
  std::int64_t number = 0;
  certs::utc_time at{};
  audit_entry const& entry;
  /// Where the act was storing a submission version: its record_hash.
  std::optional<certs::hash256> const& record;
};

/// HMAC over chain_link(previous; "intake audit 1", chain, number 8, µs since 1970 8, action, who,
/// actor, outcome, subject 16 or 0, version 4, shown 16 each, purpose, request id, address, content
/// 32 or 0, record 32 or 0).
certs::hash256 event_link(certs::bytes_view key, certs::hash256 const& previous,
                          chained_event const&);

/// HMAC over chain_link(link of the last entry; "intake audit head 1", chain, number 8, µs since
/// 1970 8).
certs::hash256 head_seal(certs::bytes_view key, std::string_view chain, chain_position const&);

/// A part as the record hash sees it.
struct part_digest {
  std::string_view name;
  certs::hash256 sealed_sha256{};
};

/// What a version consists of, apart from its key (which rotation re-wraps) and its search tokens.
struct record_fields {
  certs::uuid id;
  std::int32_t version = 0;
  /// Of version 1; empty for corrections.
  std::string_view receipt;
  certs::utc_time received{};
  certs::hash256 body_hash{};
  std::span<std::string const> forms;
  /// In the order of their names' bytes.
  std::span<part_digest const> parts;
};

/// chain_link(0; "intake record 1", id 16, version 4, receipt, µs since 1970 8, body hash, number
/// of forms 4, each form, then name and SHA-256 of each part). Not keyed: it stands in the chain,
/// which is.
certs::hash256 record_hash(record_fields const&);
certs::hash256 record_hash(new_submission const&);

}  // namespace intake::db
