#include "service/accounts/staff_page.hpp"

#include "db/sessions.hpp"
#include "service/accounts/account_acts.hpp"
#include "service/accounts/accounts.hpp"
#include "service/audit.hpp"
#include "service/desk/staff_act.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::accounts {
namespace {

struct act_result {
  db::account_change change = db::account_change::done;
  std::string code{};
};

struct staff_act {
  std::string_view word;
  std::string_view audited;
  act_result (*run)(application&, call const&, db::account const&);
};

account_desk desk_of(application& app) {
  return {app.world, app.keys, app.desk};
}

act_result disable(application& app, call const& c, db::account const& who) {
  return {db::disable_account(app.desk, who.id, c.asked.received)};
}

act_result enable(application& app, call const&, db::account const& who) {
  return {db::enable_account(app.desk, who.id)};
}

act_result change_role(application& app, call const& c, db::account const& who) {
  auto const role = db::parse_account_role(desk::field_of_body(c, "role"));
  if (!role || !may_change(*c.staff, *role)) return {db::account_change::not_found};
  return {db::change_role(app.desk, who.id, *role)};
}

act_result new_code(application& app, call const&, db::account const& who) {
  return {db::account_change::done, reset_password(desk_of(app), who.id)};
}

act_result forget_factor(application& app, call const&, db::account const& who) {
  auto code = reset_second_factor(desk_of(app), who);
  return {db::account_change::done, code ? std::move(*code) : std::string()};
}

act_result sign_out(application& app, call const&, db::account const& who) {
  db::end_all_sessions(app.desk, who.id);
  return {};
}

constexpr staff_act acts[] = {
    {"disable", "account-disabled", disable},
    {"enable", "account-enabled", enable},
    {"role", "account-role-changed", change_role},
    {"reset-password", "account-password-reset", new_code},
    {"reset-second-factor", "account-second-factor-reset", forget_factor},
    {"sign-out", "account-signed-out", sign_out},
};

std::optional<db::account> account_of(application const& app, call const& c) {
  auto const id = certs::parse_uuid(c.path["id"]);
  return id ? db::find_account(app.desk, *id) : std::nullopt;
}

response show_staff(application const& app, call const& c, db::account const& who, int status,
                    std::string_view wrong) {
  page_model model;
  model.set("NAME", who.name)
      .set("ROLE_WORDS", role_words(who.role))
      .set("STATE", account_state(who))
      .set("FACTOR", factor_words(db::count_factors(app.desk, who.id)))
      .set("ADDED", app.clock.date_and_time(who.created));
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  if (!may_change(*c.staff, who.role)) {
    model.add("NOT_YOURS");
    return show_page(app, {.status = status, .title = who.name, .staff = &*c.staff}, "staff_page",
                     model);
  }
  auto& block = model.add("ACTS");
  block.set("ACTION", staff_path(who.id)).set("CSRF", csrf_token(c.staff->record));
  block.add(who.disabled ? "DISABLED" : "ENABLED");
  for (auto const role : all_roles) {
    if (!may_change(*c.staff, role)) continue;
    auto& choice = block.add("ROLE");
    choice.set("VALUE", std::string(db::to_string(role))).set("ROLE_NAME", role_words(role));
    if (role == who.role) choice.add("CHOSEN");
  }
  return show_page(app, {.status = status, .title = who.name, .staff = &*c.staff}, "staff_page",
                   model);
}

}  // namespace

bool may_change(db::resumed_session const& staff, db::account_role of_the_account) {
  return staff.role == db::account_role::administrator ||
         of_the_account != db::account_role::administrator;
}

std::string staff_path(certs::uuid id) {
  return "/desk/accounts/" + certs::to_string(id);
}

std::string role_words(db::account_role role) {
  std::string text(db::to_string(role));
  std::ranges::replace(text, '-', ' ');
  return text;
}

std::string account_state(db::account const& account) {
  if (account.disabled) return "disabled";
  if (account.password_hash == db::no_password) return "waits for its one-time code";
  return account.demo ? "evaluation" : "active";
}

std::string factor_words(db::factor_counts const& factors) {
  if (!factors.any()) return "none";
  std::string words = factors.totp ? "app" : "";
  if (factors.passkeys > 0) {
    words += fmt::format("{}{} passkey{}", words.empty() ? "" : ", ", factors.passkeys,
                         factors.passkeys == 1 ? "" : "s");
  }
  return words;
}

response show_code(application const& app, call const& c, std::string_view name,
                   std::string_view code) {
  page_model model;
  model.set("NAME", std::string(name))
      .set("CODE", std::string(code))
      .set("URL", app.settings.public_url() + "/desk/set-up");
  return show_page(app, {.title = "One-time code", .staff = &*c.staff}, "staff_code", model);
}

response staff_page(application& app, call const& c) {
  auto const who = account_of(app, c);
  if (!who) return refuse(app, 404, "There is no such account.", &c.asked);
  return show_staff(app, c, *who, 200, "");
}

response staff_change(application& app, call const& c) {
  auto const who = account_of(app, c);
  if (!who) return refuse(app, 404, "There is no such account.", &c.asked);
  auto const* const act = std::ranges::find(acts, desk::field_of_body(c, "act"), &staff_act::word);
  auto entry = entry_of(c, act == std::end(acts) ? "account-changed" : std::string(act->audited));
  entry.subject = who->id;
  if (act == std::end(acts) || !may_change(*c.staff, who->role)) {
    entry.outcome = db::audit_outcome::refused;
    app.writer.append(std::move(entry));
    return show_staff(app, c, *who, 422, "That can't be done to this account.");
  }
  auto const result = act->run(app, c, *who);
  if (result.change != db::account_change::done) entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  if (result.change == db::account_change::last_administrator) {
    return show_staff(app, c, *who, 422,
                      "This is the last administrator who can sign in. Make somebody else one "
                      "first.");
  }
  if (result.change != db::account_change::done) {
    return show_staff(app, c, *who, 422, "That can't be done to this account.");
  }
  if (!result.code.empty()) return show_code(app, c, who->name, result.code);
  return see_other(staff_path(who->id));
}

}  // namespace intake::service::accounts
