#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace intake::db {

/// A passkey of staff, as far as we know it: the private half never leaves its holder's device.
struct passkey {
  certs::bytes credential_id;
  certs::uuid account;
  /// What its holder calls it; 1-64 bytes.
  std::string label;
  /// COSE: -7, -8 or -257.
  int algorithm = 0;
  certs::bytes public_key;
  std::int64_t sign_count = 0;
  certs::utc_time added{};
  std::optional<certs::utc_time> last_used;
};

/// All functions here throw `unavailable`, and need the role intake_desk. False where the
/// credential is known already, whoever's it is.
bool add_passkey(pool&, passkey const&);
/// Oldest first.
std::vector<passkey> list_passkeys(pool&, certs::uuid account);
/// Takes an assertion as used: false where its challenge was made before the key was last used, or
/// its count of signatures has not grown (Web Authentication 7.2, step 21: a copied key).
bool use_passkey(pool&, certs::bytes_view credential_id, certs::utc_time challenge_made,
                 std::int64_t sign_count, certs::utc_time now);
/// False where the account has no such key.
bool remove_passkey(pool&, certs::uuid account, certs::bytes_view credential_id);

}  // namespace intake::db
