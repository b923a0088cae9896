#include "certs/base64.hpp"
#include "db/passkeys.hpp"
#include "db/second_factors.hpp"
#include "service/accounts/account_page.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/passkey_challenge.hpp"
#include "service/desk/staff_act.hpp"
#include "service/passkeys/verify.hpp"
#include "service/responses.hpp"

namespace intake::service::accounts {
namespace {

constexpr std::size_t label_bytes_max = 64;
constexpr std::size_t passkeys_max = 20;

std::optional<passkeys::registration> read_made(application const& app, call const& c,
                                                certs::uuid account) {
  auto const challenge = desk::field_of_body(c, "challenge");
  auto const client_data = certs::base64url_decode(desk::field_of_body(c, "client_data"));
  auto const authenticator = certs::base64url_decode(desk::field_of_body(c, "authenticator_data"));
  if (!client_data || !authenticator) return std::nullopt;
  if (!read_challenge(app, account, challenge, c.asked.received)) return std::nullopt;
  return passkeys::read_registration(passkeys::party_of(app.settings.public_url()), challenge,
                                     *client_data, *authenticator);
}

}  // namespace

response passkey_add(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "passkey-password")) {
    return std::move(*refused);
  }
  auto label = desk::field_of_body(c, "label");
  if (label.empty() || label.size() > label_bytes_max) {
    return show_account(app, c, 422, {"label", "Give the passkey a name of at most 64 bytes."});
  }
  auto made = read_made(app, c, who.id);
  db::passkey added;
  if (made) {
    added = {.credential_id = std::move(made->credential_id),
             .account = who.id,
             .label = std::move(label),
             .algorithm = made->key.algorithm,
             .public_key = std::move(made->key.bytes),
             .sign_count = made->sign_count,
             .added = c.asked.received,
             .last_used = std::nullopt};
  }
  bool const room = db::list_passkeys(app.desk, who.id).size() < passkeys_max;
  if (!made || !room || !db::add_passkey(app.desk, added)) {
    return show_account(app, c, 422,
                        {"label", "The browser made no passkey for this page. Try it again."});
  }
  audit_account_act(app, c, "second-factor-added", who.id);
  if (db::count_factors(app.desk, who.id).recovery_codes_left > 0) {
    return see_other("/desk/account?done=passkey-added");
  }
  return show_recovery_codes(app, c,
                             "The passkey is added. Should you lose it, each of these codes signs "
                             "you in once in its place.");
}

response passkey_remove(application& app, call const& c) {
  auto const who = own_account(app, c);
  if (auto refused = refuse_without_password(app, c, who, "passkeys-password")) {
    return std::move(*refused);
  }
  auto const factors = db::count_factors(app.desk, who.id);
  if (who.short_password && !factors.totp && factors.passkeys == 1) {
    return show_account(app, c, 422, short_password_stands_alone());
  }
  auto const credential = certs::base64url_decode(desk::field_of_body(c, "credential"));
  if (!credential || !db::remove_passkey(app.desk, who.id, *credential)) {
    return show_account(app, c, 422, {"passkeys-password", "Choose the passkey to remove."});
  }
  audit_account_act(app, c, "second-factor-removed", who.id);
  return see_other("/desk/account?done=passkey-removed");
}

}  // namespace intake::service::accounts
