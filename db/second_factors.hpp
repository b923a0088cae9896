#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// What staff sign in with beside a password. All functions here throw `unavailable`, and need the
/// role intake_desk.
namespace intake::db {

/// The key of an authenticator app, sealed.
struct totp_factor {
  certs::uuid account;
  certs::wrapped_key key;
  certs::bytes sealed;
  /// The last step whose code was used.
  std::int64_t last_step = 0;
  /// Nothing: it was shown, but no code has come back yet, so nobody has to bring one.
  std::optional<certs::utc_time> confirmed;
};

/// Replaces a key that was not confirmed; false where a confirmed one is there.
bool store_totp(pool&, totp_factor const&);
std::optional<totp_factor> find_totp(pool&, certs::uuid account);
/// Takes a step as used, once, whoever asks at the same time: false where it or a later one was
/// used before. The first one confirms the key.
bool use_totp_step(pool&, certs::uuid account, std::int64_t step, certs::utc_time now);

/// What an account has; the list of accounts shows it.
struct factor_counts {
  certs::uuid account;
  bool totp = false;
  int passkeys = 0;
  int recovery_codes_left = 0;

  bool any() const { return totp || passkeys > 0; }
};
factor_counts count_factors(pool&, certs::uuid account);
std::vector<factor_counts> count_all_factors(pool&);

/// Replaces all recovery codes of the account.
void store_recovery_codes(pool&, certs::uuid account, std::vector<certs::hash256> const& verifiers);
/// Takes a code as used, once: false where there is none, or it was used before.
bool use_recovery_code(pool&, certs::uuid account, certs::hash256 const& verifier,
                       certs::utc_time now);

void remove_totp(pool&, certs::uuid account);
/// App, passkeys and recovery codes; ends the account's sessions.
void remove_all_factors(pool&, certs::uuid account);

/// A code with which the account's holder chooses a password; replaces an earlier one.
void store_set_up(pool&, certs::uuid account, certs::hash256 const& verifier,
                  certs::utc_time expires);
/// Takes it, once: false where there is none, it is another, or its time is over.
bool use_set_up(pool&, certs::uuid account, certs::hash256 const& verifier, certs::utc_time now);
/// Whether it is the one that waits, without taking it.
bool has_set_up(pool&, certs::uuid account, certs::hash256 const& verifier, certs::utc_time now);

}  // namespace intake::db
