#pragma once
#include "certs/bytes.hpp"
#include "db/pool.hpp"

namespace intake::db {

enum class trail_key {
  /// No chain has an entry yet: any key may begin one.
  none_yet,
  /// At least one chain's head, or its first entry, bears this key.
  fits,
  /// There are chains, and none of them bears it.
  other,
};

/// Whose audit trail is in this database? One chain that bears the key is enough: what was done to
/// others is for verify_audit to say. Role intake_desk; throws `unavailable`, and
/// `statement_refused` where there is no schema yet.
trail_key look_at_trail_key(pool&, certs::bytes_view audit_key);

}  // namespace intake::db
