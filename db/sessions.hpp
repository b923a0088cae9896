#pragma once
#include "certs/hash_chain.hpp"
#include "certs/uuid.hpp"
#include "db/accounts.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace intake::db {

struct session_limits {
  std::chrono::minutes idle{15};
  std::chrono::minutes absolute{12 * 60};
  /// Whether asking moves `last_seen`.
  bool touches = true;
};

/// A signed-in browser. Only the hash of the cookie's value is stored: a stolen table signs nobody
/// in.
struct session {
  certs::hash256 id_hash{};
  certs::uuid account;
  /// The key of this session's CSRF tokens.
  certs::hash256 csrf_secret{};
  certs::utc_time started{};
  certs::utc_time last_seen{};
};

/// A session that is still good, with what the guard needs to know of its account.
struct resumed_session {
  session record;
  std::string account_name;
  account_role role = account_role::front_desk;
  /// The account has an authenticator app or a passkey.
  bool second_factor = false;
};

/// All functions here throw `unavailable`, and need the role intake_desk.
void start_session(pool&, session const&);

/// Nothing where the session is unknown, idle or old beyond the limits, or its account is disabled.
/// Moves `last_seen` forward, at most once a minute.
std::optional<resumed_session> resume_session(pool&, certs::hash256 const& id_hash,
                                              certs::utc_time now, session_limits const&);

/// A session as it is stored, whether or not its time is over: to know whose work a page holds.
std::optional<session> find_session(pool&, certs::hash256 const& id_hash);
/// All of an account's that are stored, newest first, at most 50.
std::vector<session> sessions_of(pool&, certs::uuid account);

void end_session(pool&, certs::hash256 const& id_hash);
/// Returns how many there were.
int end_all_sessions(pool&, certs::uuid account);
/// Removes what the limits had ended at that time; returns how many there were.
int remove_ended_sessions(pool&, certs::utc_time now, session_limits const&);

}  // namespace intake::db
