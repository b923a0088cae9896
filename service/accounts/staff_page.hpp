#pragma once
#include "db/accounts.hpp"
#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <array>
#include <string>
#include <string_view>

/// What the pages about other people's accounts share.
namespace intake::service::accounts {

inline constexpr std::array all_roles{db::account_role::front_desk, db::account_role::clinician,
                                      db::account_role::billing, db::account_role::manager,
                                      db::account_role::administrator};

/// An administrator keeps all accounts; a manager all but administrators'.
bool may_change(db::resumed_session const&, db::account_role of_the_account);

std::string staff_path(certs::uuid);
std::string role_words(db::account_role);
std::string account_state(db::account const&);
/// "app, 2 passkeys", "none".
std::string factor_words(db::factor_counts const&);

/// A one-time code to hand over, shown this once.
response show_code(application const&, call const&, std::string_view name, std::string_view code);

}  // namespace intake::service::accounts
