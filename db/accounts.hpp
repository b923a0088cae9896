#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

enum class account_role { front_desk, clinician, billing, manager, administrator };

/// "front-desk", "clinician", "billing", "manager", "administrator".
std::string_view to_string(account_role);
std::optional<account_role> parse_account_role(std::string_view);

/// A member of staff who can sign in.
struct account {
  certs::uuid id;
  /// Unique without regard to case; 1-64 bytes.
  std::string name;
  account_role role = account_role::front_desk;
  /// As certs/password writes it; the database never sees the password.
  std::string password_hash;
  certs::utc_time created{};
  std::optional<certs::utc_time> disabled;
  /// Made by quickstart with a printed password: production refuses to start while one is enabled.
  bool demo = false;
  /// Fewer characters than a password needs that is the only factor.
  bool short_password = false;
};

/// What stands for a password where none was chosen yet: no password matches it.
inline constexpr std::string_view no_password = "!";

enum class account_change {
  done,
  name_taken,
  not_found,
  last_administrator  ///< somebody must be left who can add and reset accounts
};

/// All functions here throw `unavailable`, and need the role intake_desk.
[[nodiscard]] account_change add_account(pool&, account const&);
std::optional<account> find_account(pool&, std::string_view name);
std::optional<account> find_account(pool&, certs::uuid id);
std::vector<account> list_accounts(pool&);

enum class password_length { full, short_beside_second_factor };

/// Ends the account's sessions as well.
[[nodiscard]] account_change change_password(pool&, certs::uuid id, std::string_view password_hash,
                                             password_length = password_length::full);
/// Ends the account's sessions as well. The last administrator who is not disabled keeps the role.
[[nodiscard]] account_change change_role(pool&, certs::uuid id, account_role);
/// Ends the account's sessions; accounts are never deleted, because the audit trail names them. The
/// last administrator is never disabled.
[[nodiscard]] account_change disable_account(pool&, certs::uuid id, certs::utc_time now);
[[nodiscard]] account_change enable_account(pool&, certs::uuid id);

}  // namespace intake::db
