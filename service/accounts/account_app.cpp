#include "certs/base32.hpp"
#include "certs/secret.hpp"
#include "certs/totp.hpp"
#include "db/second_factors.hpp"
#include "pdf/qr.hpp"
#include "service/accounts/account_page.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/factors.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/desk/staff_act.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"
#include "service/sealed_text.hpp"

#include <fmt/format.h>

namespace intake::service::accounts {
namespace {

constexpr std::string_view table = "account_totp";

/// What authenticator apps read from a QR code; without parameters that only say what is usual.
std::string app_url(application const& app, std::string const& name, std::string const& secret) {
  auto const issuer = percent_encode(app.settings.clinic_name);
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", issuer, percent_encode(name),
                     secret, issuer);
}

/// "ABCD EFGH …": four at a time, as it is typed off a screen.
std::string in_fours(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size(); at += 4) {
    made += (at == 0 ? "" : " ") + std::string(text.substr(at, 4));
  }
  return made;
}

response show_key(application const& app, call const& c, certs::bytes_view key, int status,
                  std::string_view wrong) {
  auto const secret = certs::base32_encode(key);
  auto const code = pdf::qr_svg(app_url(app, c.staff->account_name, secret));
  page_model model;
  model.set("CSRF", csrf_token(c.staff->record))
      .set("SECRET", in_fours(secret))
      .set("VIEW_BOX", fmt::format("0 0 {} {}", code.modules, code.modules))
      .set("PATH", code.path);
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  return show_page(app, {.status = status, .title = "Set up an app", .staff = &*c.staff},
                   "account_app", model);
}

}  // namespace

response app_begin(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "app-password")) {
    return std::move(*refused);
  }
  auto key = certs::secret::random(app.world, certs::totp_key_bytes);
  auto const view = key.view();
  auto const sealed = seal_text(app.world, app.keks, {table, who.id},
                                {reinterpret_cast<char const*>(view.data()), view.size()});
  db::totp_factor factor;
  factor.account = who.id;
  factor.key = sealed.key;
  factor.sealed = sealed.content;
  if (!db::store_totp(app.desk, factor)) {
    return show_account(app, c, 409,
                        {"app-password", "An app is set up already. Remove it first."});
  }
  return show_key(app, c, view, 200, "");
}

response app_confirm(application& app, call const& c) {
  auto const account = c.staff->record.account;
  auto const factor = db::find_totp(app.desk, account);
  auto const key = factor && !factor->confirmed
                       ? open_text(app.keks, {table, account}, factor->key, factor->sealed)
                       : std::nullopt;
  if (!key) return see_other("/desk/account");
  auto const id = certs::to_string(account);
  if (auto const wait = app.limits.wait(counted::second_factor, id, c.asked.received)) {
    return show_key(app, c, certs::as_bytes(*key), 429, wait_words(*wait));
  }
  auto const step = certs::totp_matching_step(certs::as_bytes(*key), c.asked.received, 0,
                                              desk::field_of_body(c, "code"));
  if (!step || !db::use_totp_step(app.desk, account, *step, c.asked.received)) {
    app.limits.refuse(counted::second_factor, id, c.asked.received);
    return show_key(app, c, certs::as_bytes(*key), 422,
                    "That is not the code that the app shows now. Is the telephone's clock right?");
  }
  audit_account_act(app, c, "second-factor-added", account);
  if (db::count_factors(app.desk, account).recovery_codes_left > 0) {
    return see_other("/desk/account");
  }
  return show_recovery_codes(app, c,
                             "The app is set up. Should you lose the telephone, each of these "
                             "codes signs you in once in its place.");
}

response app_remove(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "remove-password")) {
    return std::move(*refused);
  }
  bool const last = db::count_factors(app.desk, who.id).passkeys == 0;
  if (last && who.short_password) {
    return show_account(app, c, 422, short_password_stands_alone());
  }
  audit_account_act(app, c, "second-factor-removed", who.id);
  db::remove_totp(app.desk, who.id);
  return see_other("/desk/account?done=app-removed");
}

response recovery_renew(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "codes-password")) {
    return std::move(*refused);
  }
  return show_recovery_codes(app, c,
                             "These ten replace the ones before. Each signs you in once in place "
                             "of the app.");
}

}  // namespace intake::service::accounts
