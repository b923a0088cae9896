#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace intake::db {

/// Somebody opened one record beyond their role, for a while.
struct broken_glass {
  certs::uuid id;
  certs::uuid account;
  certs::uuid submission;
  /// As it was typed; 1-500 bytes.
  std::string reason;
  certs::utc_time opened{};
  certs::utc_time ends{};
  /// When a manager took note, and who.
  std::optional<certs::utc_time> seen;
  std::string seen_by{};
  std::string account_name{};
};

/// All functions here throw `unavailable`, and need the role intake_desk.
void break_glass(pool&, broken_glass const&);
/// The one that lasts longest; nothing where none is open now.
std::optional<broken_glass> open_glass(pool&, certs::uuid account, certs::uuid submission,
                                       certs::utc_time now);
/// Unseen first, then newest first, with the names of the accounts.
std::vector<broken_glass> list_broken_glass(pool&, int rows_max);
int count_unseen_glass(pool&);
/// False where there is none, somebody else has seen it, or it is the account's own: nobody
/// acknowledges themselves.
bool see_broken_glass(pool&, certs::uuid id, certs::uuid account, certs::utc_time now);

}  // namespace intake::db
