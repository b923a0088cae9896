#include "service/accounts/account_page.hpp"

#include "certs/base64.hpp"
#include "db/errors.hpp"
#include "db/passkeys.hpp"
#include "db/second_factors.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/codes.hpp"
#include "service/accounts/factors.hpp"
#include "service/accounts/passkey_challenge.hpp"
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

/// Forms for keys, hidden until the script has found that the browser knows passkeys.
void add_passkeys(page_model& model, application const& app, call const& c) {
  auto const account = c.staff->record.account;
  auto const keys = db::list_passkeys(app.desk, account);
  auto& block = model.add("PASSKEY_NEW");
  std::string known;
  for (auto const& key : keys) known += certs::base64url_encode(key.credential_id) + " ";
  block.set("CSRF", csrf_token(c.staff->record))
      .set("CHALLENGE", mint_challenge(app, account, c.asked.received))
      .set("PARTY", app.settings.clinic_name)
      .set("USER", certs::base64url_encode(account.value))
      .set("USER_NAME", c.staff->account_name)
      .set("KNOWN", known)
      .set("SCRIPT_URL", app.assets.url("passkey.js"));
  if (keys.empty()) return;
  auto& list = model.add("PASSKEYS").set("CSRF", csrf_token(c.staff->record));
  for (auto const& key : keys) {
    list.add("PASSKEY")
        .set("ID", certs::base64url_encode(key.credential_id))
        .set("LABEL", key.label)
        .set("ADDED", app.clock.date_and_time(key.added))
        .set("USED", key.last_used ? app.clock.date_and_time(*key.last_used) : "never");
  }
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
  add_passkeys(model, app, c);
  if (factors.any()) model.add("CODES").set("LEFT", std::to_string(factors.recovery_codes_left));
  return show_page(app, {.status = status, .title = "Your account", .staff = &staff}, "account",
                   model);
}

account_fault short_password_stands_alone() {
  return {"new",
          "Your password is good only beside a second factor. Choose one of at least 15 characters "
          "first."};
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
