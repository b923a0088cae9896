#include "db/second_factors.hpp"
#include "service/accounts/accounts.hpp"
#include "service/accounts/codes.hpp"
#include "service/accounts/password_rule.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/pages/shell.hpp"

namespace intake::service::accounts {
namespace {

constexpr std::string_view not_good =
    "The user name or the code is not right, or the code's time is over.";

response set_up_form(application const& app, std::string const& name, int status,
                     std::string_view wrong, std::string_view field) {
  page_model model;
  model.set("NAME", name);
  if (!wrong.empty()) {
    model.add("WRONG").set("WRONG_TEXT", std::string(wrong)).set("FIELD", std::string(field));
  }
  return show_page(app, {.status = status, .title = "Choose your password"}, "set_up", model);
}

beside factor_of(application& app, certs::uuid account) {
  return db::count_factors(app.desk, account).any() ? beside::second_factor : beside::nothing;
}

/// The code that was typed, if it is the one that waits for this account.
std::optional<certs::hash256> waiting_code(application& app, call const& c,
                                           std::optional<db::account> const& account) {
  auto const id = account ? account->id : certs::uuid{};
  auto const code = verifier_of(app.keys, code_kind::set_up, id, desk::field_of_body(c, "code"));
  bool const good = account && !account->disabled && code &&
                    db::has_set_up(app.desk, id, *code, c.asked.received);
  return good ? code : std::nullopt;
}

}  // namespace

response set_up_page(application& app, call const& c) {
  return set_up_form(app, read_way_on(c).name, 200, "", "");
}

response set_up(application& app, call const& c) {
  auto const name = read_way_on(c).name;
  auto const password = desk::field_of_body(c, "password");
  // Before the code is looked at, so that a word about the password says nothing about the account.
  if (auto const fault = fault_of(password, name, beside::second_factor);
      fault != password_fault::none) {
    return set_up_form(app, name, 422, sentence(fault), "password");
  }
  auto const account = db::find_account(app.desk, name);
  auto const counted = counted_name(account, name);
  if (auto const wait = sign_in_wait(app, c, counted)) {
    return set_up_form(app, name, 429, wait_words(*wait), "code");
  }
  // The work of a password, whether or not there is such an account.
  if (app.passwords.verify(password, std::nullopt) == certs::password_verdict::busy) {
    return refuse(app, 503, "Too many sign-ins at once.", &c.asked);
  }
  auto const code = waiting_code(app, c, account);
  if (!code) {
    refuse_sign_in(app, c, account, counted);
    return set_up_form(app, name, 401, not_good, "code");
  }
  if (auto const fault = fault_of(password, name, factor_of(app, account->id));
      fault != password_fault::none) {
    return set_up_form(app, name, 422, sentence(fault), "password");
  }
  auto const hash = app.passwords.hash(app.world, password);
  if (!db::use_set_up(app.desk, account->id, *code, c.asked.received) ||
      db::change_password(app.desk, account->id, hash, length_of(password)) !=
          db::account_change::done) {
    return set_up_form(app, name, 401, not_good, "code");
  }
  auto entry = entry_of(c, "password-chosen");
  entry.who = db::actor_kind::staff;
  entry.actor = certs::to_string(account->id);
  app.writer.append(std::move(entry));
  return sign_in_form(app, {.name = name, .note = "Your password is chosen. Sign in with it."}, 200,
                      "");
}

}  // namespace intake::service::accounts
