#include "certs/base64.hpp"
#include "certs/password.hpp"
#include "db/passkeys.hpp"
#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/factors.hpp"
#include "service/accounts/passkey_challenge.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

namespace intake::service::accounts {
namespace {

/// A form for the script: hidden until it has found that the browser knows passkeys.
void add_passkey(page_model& model, application const& app, call const& c, way_on const& way,
                 std::string const& step, certs::uuid account) {
  std::string known;
  for (auto const& key : db::list_passkeys(app.desk, account)) {
    known += certs::base64url_encode(key.credential_id) + " ";
  }
  if (known.empty()) return;
  auto& form = model.add("PASSKEY");
  form.set("STEP", step)
      .set("NEXT", way.next)
      .set("KNOWN", known)
      .set("CHALLENGE", mint_challenge(app, account, c.asked.received))
      .set("SCRIPT_URL", app.assets.url("passkey.js"));
  if (!way.kept.empty()) form.add("KEPT").set("KEPT_WORK", way.kept);
}

struct second_step {
  way_on const& way;
  std::string const& token;
  certs::uuid account;
};

response second_step_form(application const& app, call const& c, second_step const& at, int status,
                          std::string_view wrong) {
  auto const& [way, step, account] = at;
  page_model model;
  model.set("STEP", step).set("NEXT", way.next);
  if (!way.kept.empty()) model.add("KEPT").set("KEPT_WORK", way.kept);
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  add_passkey(model, app, c, way, step, account);
  return show_page(app, {.status = status, .title = "Second step"}, "sign_in_second", model);
}

}  // namespace

response sign_in_page(application& app, call const& c) {
  return sign_in_form(app, {.next = read_way_on(c).next}, 200, "");
}

response sign_in(application& app, call const& c) {
  auto const way = read_way_on(c);
  auto const account = db::find_account(app.desk, way.name);
  auto const name = counted_name(account, way.name);
  if (auto const wait = sign_in_wait(app, c, name)) {
    return sign_in_form(app, way, 429, wait_words(*wait));
  }
  bool const usable = account && !account->disabled;
  // An unknown name costs the same time and gets the same words as a wrong password.
  auto const verdict = app.passwords.verify(
      desk::field_of_body(c, "password"),
      usable ? std::optional<std::string_view>(account->password_hash) : std::nullopt);
  if (verdict == certs::password_verdict::busy) {
    return refuse(app, 503, "Too many sign-ins at once.", &c.asked);
  }
  if (!usable || verdict != certs::password_verdict::match) {
    refuse_sign_in(app, c, account, name);
    return sign_in_form(app, way, 401, "The user name or the password is not right.");
  }
  if (!db::count_factors(app.desk, account->id).any()) return signed_in(app, c, *account, way);
  auto const step = mint_second_step(app, *account, c.asked.received);
  return second_step_form(app, c, {way, step, account->id}, 200, "");
}

response sign_in_second(application& app, call const& c) {
  auto const way = read_way_on(c);
  auto const step = desk::field_of_body(c, "step");
  auto const account = read_second_step(app, step, c.asked.received);
  if (!account) return sign_in_form(app, way, 401, "That took too long. Begin again.");
  auto const id = certs::to_string(account->id);
  if (auto const wait = app.limits.wait(counted::second_factor, id, c.asked.received)) {
    return second_step_form(app, c, {way, step, account->id}, 429, wait_words(*wait));
  }
  bool const by_passkey = !desk::field_of_body(c, "credential").empty();
  bool const good =
      by_passkey ? takes_passkey(app, c, account->id)
                 : takes_code(app, account->id, desk::field_of_body(c, "code"), c.asked.received);
  if (!good) {
    app.limits.refuse(counted::second_factor, id, c.asked.received);
    audit_refused_sign_in(app, c, account);
    return second_step_form(app, c, {way, step, account->id}, 401,
                            by_passkey ? "That passkey was not taken. Try it again."
                                       : "That code is not right, or was used before. Type the one "
                                         "that the app shows now.");
  }
  return signed_in(app, c, *account, way);
}

response sign_out(application& app, call const& c) {
  db::end_session(app.desk, c.staff->record.id_hash);
  app.writer.append(entry_of(c, "signed-out"));
  return signed_out();
}

}  // namespace intake::service::accounts
