#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

/// Signing in, and what staff do with their own account; one file an action.
namespace intake::service::accounts {

response sign_in_page(application&, call const&);
/// POST /desk/sign-in: name and password; leads on, or to the second step.
response sign_in(application&, call const&);
/// POST /desk/sign-in/second: a code of the app, or a recovery code.
response sign_in_second(application&, call const&);
response sign_out(application&, call const&);
/// GET and POST /desk/set-up: a new account's holder chooses a password, with a one-time code.
response set_up_page(application&, call const&);
response set_up(application&, call const&);

/// GET /desk/account: one's own password, second factors and sessions.
response account_page(application&, call const&);
/// POST /desk/account/password
response password_change(application&, call const&);
/// POST /desk/account/app: a key for an authenticator app, to be confirmed by its first code.
response app_begin(application&, call const&);
/// POST /desk/account/app/confirm
response app_confirm(application&, call const&);
/// POST /desk/account/app/remove
response app_remove(application&, call const&);
/// POST /desk/account/passkey: what the browser made.
response passkey_add(application&, call const&);
/// POST /desk/account/passkey/remove
response passkey_remove(application&, call const&);
/// POST /desk/account/recovery: ten new codes, shown once.
response recovery_renew(application&, call const&);
/// POST /desk/account/sign-out-everywhere
response sign_out_everywhere(application&, call const&);

/// GET /desk/accounts: everybody who may sign in; managers and administrators keep them.
response staff_list(application&, call const&);
/// POST /desk/accounts: a new one, with a one-time code.
response staff_add(application&, call const&);
/// GET /desk/accounts/{id}
response staff_page(application&, call const&);
/// POST /desk/accounts/{id}: disable, enable, role, reset-password, reset-second-factor, sign-out.
response staff_change(application&, call const&);

/// GET and POST /desk/submissions/{id}/emergency: beyond one's role, for an hour, with a reason.
response break_glass_page(application&, call const&);
response break_glass(application&, call const&);
/// GET /desk/emergencies: who did, for managers.
response broken_glass_list(application&, call const&);
/// POST /desk/emergencies/{id}/seen
response broken_glass_seen(application&, call const&);

}  // namespace intake::service::accounts
