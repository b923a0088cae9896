#include "service/accounts/factors.hpp"

#include "certs/token.hpp"
#include "certs/totp.hpp"
#include "db/second_factors.hpp"
#include "service/accounts/codes.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>

namespace intake::service::accounts {
namespace {

constexpr std::chrono::minutes second_step_lifetime{5};
constexpr std::size_t id_bytes = 16;
constexpr std::size_t password_mark_bytes = 8;

/// Changes with the password, and says nothing about it.
certs::bytes password_mark(application const& app, db::account const& who) {
  auto const hash = app.keys.keyed_hash(certs::key_role::token_signing,
                                        certs::as_bytes("password mark " + who.password_hash));
  return {hash.begin(), hash.begin() + password_mark_bytes};
}

bool takes_app_code(application& app, certs::uuid account, std::string_view typed,
                    certs::utc_time now) {
  auto const factor = db::find_totp(app.desk, account);
  if (!factor || !factor->confirmed) return false;
  auto const key = open_text(app.keks, {"account_totp", account}, factor->key, factor->sealed);
  if (!key) return false;
  auto const step = certs::totp_matching_step(certs::as_bytes(*key), now, factor->last_step, typed);
  return step && db::use_totp_step(app.desk, account, *step, now);
}

}  // namespace

password_check check_own_password(application& app, call const& c, db::account const& who,
                                  std::string_view typed) {
  auto const id = certs::to_string(who.id);
  if (auto const wait = app.limits.wait(counted::sign_in_name, id, c.asked.received)) {
    return {proof::wrong, wait};
  }
  switch (app.passwords.verify(typed, who.password_hash)) {
    case certs::password_verdict::match:
      return {proof::right, std::nullopt};
    case certs::password_verdict::busy:
      return {proof::busy, std::nullopt};
    case certs::password_verdict::mismatch:
      break;
  }
  app.limits.refuse(counted::sign_in_name, id, c.asked.received);
  return {proof::wrong, std::nullopt};
}

bool takes_code(application& app, certs::uuid account, std::string_view typed,
                certs::utc_time now) {
  if (auto const code = verifier_of(app.keys, code_kind::recovery, account, typed)) {
    return db::use_recovery_code(app.desk, account, *code, now);
  }
  return takes_app_code(app, account, typed, now);
}

std::string mint_second_step(application const& app, db::account const& who, certs::utc_time now) {
  certs::bytes subject(who.id.value.begin(), who.id.value.end());
  auto const mark = password_mark(app, who);
  subject.insert(subject.end(), mark.begin(), mark.end());
  return certs::mint_token(app.keys, certs::token_purpose::second_step, subject,
                           now + second_step_lifetime);
}

std::optional<db::account> read_second_step(application const& app, std::string_view token,
                                            certs::utc_time now) {
  auto const subject = certs::check_token(app.keys, certs::token_purpose::second_step, token, now);
  if (!subject || subject->size() != id_bytes + password_mark_bytes) return std::nullopt;
  certs::uuid id;
  std::copy_n(subject->begin(), id_bytes, id.value.begin());
  auto account = db::find_account(app.desk, id);
  if (!account || account->disabled) return std::nullopt;
  bool const same =
      std::ranges::equal(password_mark(app, *account), std::span(*subject).subspan(id_bytes));
  return same ? std::move(account) : std::nullopt;
}

bool needs_second_factor(config const& settings, db::account_role role) {
  if (settings.parsed_mode() != operating_mode::production) return false;
  auto const& roles = settings.accounts_second_factor_roles;
  return std::ranges::find(roles, db::to_string(role)) != roles.end();
}

std::vector<std::string> renew_recovery_codes(application& app, certs::uuid account) {
  std::vector<std::string> spoken;
  std::vector<certs::hash256> verifiers;
  for (std::size_t i = 0; i < recovery_codes; ++i) {
    auto code = make_code(app.world, app.keys, code_kind::recovery, account);
    spoken.push_back(std::move(code.spoken));
    verifiers.push_back(code.verifier);
  }
  db::store_recovery_codes(app.desk, account, verifiers);
  return spoken;
}

}  // namespace intake::service::accounts
