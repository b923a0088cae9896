#pragma once
#include "certs/uuid.hpp"
#include "db/accounts.hpp"
#include "service/application.hpp"
#include "service/call.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Proving who one is: the password, then a second factor.
namespace intake::service::accounts {

enum class proof { right, wrong, busy };

/// The password of a signed-in person, asked for again before an account changes. Failed tries
/// count as failed sign-ins; a wait is said as one.
struct password_check {
  proof result = proof::wrong;
  std::optional<std::chrono::seconds> wait;
};
password_check check_own_password(application&, call const&, db::account const&,
                                  std::string_view typed);

/// What a second factor's field takes: six digits of the app, or a recovery code. A code that was
/// used before is wrong.
bool takes_code(application&, certs::uuid account, std::string_view typed, certs::utc_time now);

/// "Has typed the password of this account": good for five minutes, and void with the password.
std::string mint_second_step(application const&, db::account const&, certs::utc_time now);
std::optional<db::account> read_second_step(application const&, std::string_view token,
                                            certs::utc_time now);

/// Whether the role must have one here ([accounts] second_factor_roles; in production only).
bool needs_second_factor(config const&, db::account_role);

/// Ten new recovery codes in place of the old; shown once.
std::vector<std::string> renew_recovery_codes(application&, certs::uuid account);

}  // namespace intake::service::accounts
