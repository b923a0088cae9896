#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/accounts/account_page.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/password_rule.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/desk/staff_act.hpp"
#include "service/guards.hpp"
#include "service/responses.hpp"

namespace intake::service::accounts {

response password_change(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "current")) return std::move(*refused);
  auto const chosen = desk::field_of_body(c, "new");
  auto const factor = c.staff->second_factor ? beside::second_factor : beside::nothing;
  if (auto const fault = fault_of(chosen, who.name, factor); fault != password_fault::none) {
    return show_account(app, c, 422, {"new", std::string(sentence(fault))});
  }
  auto const hash = app.passwords.hash(app.world, chosen);
  audit_account_act(app, c, "password-changed", who.id);
  if (db::change_password(app.desk, who.id, hash, length_of(chosen)) != db::account_change::done) {
    return see_other("/desk/sign-in");
  }
  auto made = see_other("/desk/account?done=password");
  // Changing it ended every session, this one too: this browser goes on with a new one.
  start_session(app, c, who.id, made);
  return made;
}

response sign_out_everywhere(application& app, call const& c) {
  audit_account_act(app, c, "signed-out-everywhere", c.staff->record.account);
  db::end_all_sessions(app.desk, c.staff->record.account);
  return signed_out();
}

}  // namespace intake::service::accounts
