#include "service/accounts/account_page.hpp"

#include "db/errors.hpp"
#include "db/second_factors.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/codes.hpp"
#include "service/accounts/factors.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"

#include <fmt/format.h>

namespace intake::service::accounts {
namespace {

struct done_words {
  std::string_view key;
  std::string_view words;
};

constexpr done_words all_done[] = {
    {"password", "Your password is changed. You are signed out everywhere else."},
    {"app-removed", "The app is removed: its codes are good no more."},
    {"passkey-added", "The passkey is added. From now on you can sign in with it."},
    {"passkey-removed", "The passkey is removed."},
};

std::string_view done_of(call const& c) {
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name != "done") continue;
    for (auto const& [key, words] : all_done) {
      if (key == value) return words;
    }
  }
  return {};
}

}  // namespace

response show_account(application& app, call const& c, int status, account_fault const& fault) {
  auto const& staff = *c.staff;
  auto const factors = db::count_factors(app.desk, staff.record.account);
  page_model model;
  model.set("NAME", staff.account_name)
      .set("CSRF", csrf_token(staff.record))
      .set("CODES_LEFT", std::to_string(factors.recovery_codes_left));
  if (!fault.sentence.empty()) {
    model.add("WRONG").set("WRONG_TEXT", fault.sentence).set("FIELD", std::string(fault.field));
  }
  if (auto const done = done_of(c); !done.empty()) {
    model.add("DONE").set("DONE_TEXT", std::string(done));
  }
  if (!factors.any() && needs_second_factor(app.settings, staff.role)) model.add("NEEDED");
  model.add(factors.totp ? "APP_THERE" : "APP_MISSING");
  if (factors.any()) model.add("CODES").set("LEFT", std::to_string(factors.recovery_codes_left));
  return show_page(app, {.status = status, .title = "Your account", .staff = &staff}, "account",
                   model);
}

db::account own_account(application const& app, call const& c) {
  auto account = db::find_account(app.desk, c.staff->record.account);
  if (!account) throw db::unavailable("the account of a session is not there");
  return std::move(*account);
}

std::optional<response> refuse_without_password(application& app, call const& c,
                                                db::account const& who, std::string_view field) {
  auto const check = check_own_password(app, c, who, desk::field_of_body(c, "password"));
  if (check.result == proof::right) return std::nullopt;
  if (check.result == proof::busy) return refuse(app, 503, "Too many sign-ins at once.", &c.asked);
  if (check.wait) return show_account(app, c, 429, {field, wait_words(*check.wait)});
  auto entry = entry_of(c, "account-changed");
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return show_account(app, c, 422, {field, "That is not your password."});
}

void audit_account_act(application& app, call const& c, std::string action, certs::uuid account) {
  auto entry = entry_of(c, std::move(action));
  entry.subject = account;
  app.writer.append(std::move(entry));
}

response show_recovery_codes(application& app, call const& c, std::string_view lead) {
  auto const codes = renew_recovery_codes(app, c.staff->record.account);
  audit_account_act(app, c, "recovery-codes-made", c.staff->record.account);
  page_model model;
  model.set("LEAD", std::string(lead));
  for (auto const& code : codes) model.add("CODE").set("TEXT", code);
  return show_page(app, {.title = "Recovery codes", .staff = &*c.staff}, "account_codes", model);
}

response account_page(application& app, call const& c) {
  return show_account(app, c, 200, {});
}

}  // namespace intake::service::accounts
