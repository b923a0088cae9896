#include "certs/base64.hpp"
#include "certs/password.hpp"
#include "db/accounts.hpp"
#include "db/sessions.hpp"
#include "service/audit.hpp"
#include "service/desk/desk.hpp"
#include "service/dispatch.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"

#include <fmt/format.h>

namespace intake::service::desk {
namespace {

constexpr std::size_t session_bytes = 32;

struct typed {
  std::string name;
  std::string password;
  std::string next;
};

typed read_typed(std::string_view body) {
  typed t;
  for (auto& [name, value] : read_form(body).value_or(std::vector<form_field>{})) {
    if (name == "name") t.name = value;
    if (name == "password") t.password = value;
    if (name == "next") t.next = value;
  }
  return t;
}

/// Only a page of the desk: a link must not lead elsewhere after sign-in.
std::string safe_next(std::string const& next) {
  bool const own = next.starts_with("/desk/") && next.find("//") == std::string::npos;
  return own && next.find('\\') == std::string::npos ? next : "";
}

/// Where the day begins for that role.
std::string home_of(db::account_role role) {
  return role == db::account_role::front_desk ? "/desk/today" : "/desk";
}

response sign_in_form(application const& app, typed const& t, int status, std::string_view wrong) {
  page_model model;
  model.set("NAME", t.name).set("NEXT", safe_next(t.next));
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  return show_page(app, {.status = status, .title = "Sign in"}, "sign_in", model);
}

void audit(application& app, call const& c, std::string actor, db::audit_outcome outcome) {
  auto entry = entry_of(c, "signed-in");
  entry.who = db::actor_kind::staff;
  entry.actor = std::move(actor);
  entry.outcome = outcome;
  app.writer.append(std::move(entry));
}

std::string start_session(application& app, call const& c, db::account const& who) {
  certs::bytes value(session_bytes);
  app.world.random(value);
  auto const cookie_value = certs::base64url_encode(value);
  db::session session;
  session.id_hash = session_id_hash(app.keys, cookie_value);
  session.account = who.id;
  app.world.random(session.csrf_secret);
  session.started = session.last_seen = c.asked.received;
  db::start_session(app.desk, session);
  return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", session_cookie, cookie_value);
}

}  // namespace

response sign_in_page(application& app, call const& c) {
  typed t;
  for (auto const& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name == "next") t.next = value;
  }
  return sign_in_form(app, t, 200, "");
}

response sign_in(application& app, call const& c) {
  auto const t = read_typed(c.asked.body);
  auto const account = db::find_account(app.desk, t.name);
  bool const usable = account && !account->disabled;
  // An unknown name costs the same time and gets the same words as a wrong password.
  auto const verdict = app.passwords.verify(
      t.password, usable ? std::optional<std::string_view>(account->password_hash) : std::nullopt);
  if (verdict == certs::password_verdict::busy) {
    return refuse(app, 503, "Too many sign-ins at once.", &c.asked);
  }
  if (!usable || verdict != certs::password_verdict::match) {
    audit(app, c, account ? certs::to_string(account->id) : "", db::audit_outcome::refused);
    return sign_in_form(app, t, 401, "The user name or the password is not right.");
  }
  auto const cookie_field = start_session(app, c, *account);
  audit(app, c, certs::to_string(account->id), db::audit_outcome::done);
  auto const next = safe_next(t.next);
  auto made = see_other(next.empty() ? home_of(account->role) : next);
  made.fields.push_back({"set-cookie", cookie_field});
  return made;
}

response sign_out(application& app, call const& c) {
  db::end_session(app.desk, c.staff->record.id_hash);
  app.writer.append(entry_of(c, "signed-out"));
  auto made = see_other("/desk/sign-in");
  made.fields.push_back(
      {"set-cookie",
       fmt::format("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", session_cookie)});
  return made;
}

}  // namespace intake::service::desk
