#pragma once
#include "db/accounts.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <string_view>

/// What the acts on one's own account share.
namespace intake::service::accounts {

/// What went wrong, and at which field of the page.
struct account_fault {
  std::string_view field;
  std::string sentence;
};

response show_account(application&, call const&, int status, account_fault const&);

/// The signed-in person's row. Throws db::unavailable where it is gone.
db::account own_account(application const&, call const&);

/// The field "password" is the person's own; else the answer that says why not, at `field`.
std::optional<response> refuse_without_password(application&, call const&, db::account const&,
                                                std::string_view field);

/// An entry about the account acted on: `shown` names it.
void audit_account_act(application&, call const&, std::string action, certs::uuid account);

/// Why the last second factor stays beside a password of fewer than 15 characters.
account_fault short_password_stands_alone();

/// Recovery codes, shown this once.
response show_recovery_codes(application&, call const&, std::string_view lead);

}  // namespace intake::service::accounts
