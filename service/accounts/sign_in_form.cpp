#include "service/accounts/sign_in_form.hpp"

#include "certs/base64.hpp"
#include "db/second_factors.hpp"
#include "db/sessions.hpp"
#include "service/accounts/kept_work.hpp"
#include "service/audit.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/visit.hpp"
#include "service/responses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service::accounts {
namespace {

constexpr std::size_t session_bytes = 32;

/// Only a page of the desk: a link must not lead elsewhere after sign-in.
std::string safe_next(std::string const& next) {
  bool const own = next.starts_with("/desk/") && next.find("//") == std::string::npos;
  return own && next.find('\\') == std::string::npos ? next : "";
}

struct new_session {
  db::session row;
  std::string cookie_field;
};

new_session make_session(application& app, call const& c, certs::uuid account) {
  certs::bytes value(session_bytes);
  app.world.random(value);
  auto const cookie_value = certs::base64url_encode(value);
  new_session made;
  made.row.id_hash = session_id_hash(app.keys, cookie_value);
  made.row.account = account;
  app.world.random(made.row.csrf_secret);
  made.row.started = made.row.last_seen = c.asked.received;
  db::start_session(app.desk, made.row);
  made.cookie_field =
      fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", session_cookie, cookie_value);
  return made;
}

response lead_on(application& app, call const& c, db::account const& who, way_on const& way,
                 db::session const& session) {
  auto const work = read_kept_work(app, way.kept, c.asked.received);
  if (work && work->account == who.id) {
    return offer_again(app, *work,
                       {.record = session,
                        .account_name = who.name,
                        .role = who.role,
                        .second_factor = db::count_factors(app.desk, who.id).any()});
  }
  auto const next = safe_next(way.next);
  return see_other(next.empty() ? home_of(who.role) : next);
}

}  // namespace

way_on read_way_on(call const& c) {
  way_on way;
  auto const& text = c.asked.method == http_method::get ? c.asked.query : c.asked.body;
  for (auto& [name, value] : read_form(text).value_or(std::vector<form_field>{})) {
    if (name == "name") way.name = value;
    if (name == "next") way.next = value;
    if (name == "kept" && c.asked.method == http_method::post) way.kept = value;
  }
  return way;
}

response sign_in_form(application const& app, way_on const& way, int status,
                      std::string_view wrong) {
  page_model model;
  model.set("NAME", way.name).set("NEXT", safe_next(way.next));
  if (!way.kept.empty()) model.add("KEPT").set("KEPT_WORK", way.kept);
  if (!way.note.empty()) model.add("NOTE").set("NOTE_TEXT", way.note);
  if (!wrong.empty()) model.add("WRONG").set("WRONG_TEXT", std::string(wrong));
  return show_page(app, {.status = status, .title = "Sign in"}, "sign_in", model);
}

std::string wait_words(std::chrono::seconds wait) {
  auto const minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
  return fmt::format("There were too many tries. Wait {} {} and try again.", minutes,
                     minutes == 1 ? "minute" : "minutes");
}

std::string home_of(db::account_role role) {
  switch (role) {
    case db::account_role::front_desk:
      return "/desk/today";
    case db::account_role::administrator:
      return "/desk/accounts";
    case db::account_role::clinician:
    case db::account_role::billing:
    case db::account_role::manager:
      break;
  }
  return "/desk";
}

response signed_out() {
  auto made = see_other("/desk/sign-in");
  made.fields.push_back(
      {"set-cookie",
       fmt::format("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", session_cookie)});
  // Whoever sits there next must not find the forms that were being filled in for a patient.
  made.fields.push_back({"set-cookie", patients::forget_visit_cookie()});
  return made;
}

void start_session(application& app, call const& c, certs::uuid account, response& made) {
  auto const session = make_session(app, c, account);
  made.fields.push_back({"set-cookie", session.cookie_field});
}

response signed_in(application& app, call const& c, db::account const& who, way_on const& way) {
  auto const session = make_session(app, c, who.id);
  auto entry = entry_of(c, "signed-in");
  entry.who = db::actor_kind::staff;
  entry.actor = certs::to_string(who.id);
  app.writer.append(std::move(entry));
  auto made = lead_on(app, c, who, way, session.row);
  made.fields.push_back({"set-cookie", session.cookie_field});
  return made;
}

std::string counted_name(std::optional<db::account> const& account, std::string const& typed) {
  if (account) return certs::to_string(account->id);
  std::string lower = "?" + typed.substr(0, 64);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::optional<std::chrono::seconds> sign_in_wait(application& app, call const& c,
                                                 std::string const& name) {
  auto const now = c.asked.received;
  auto const by_name = app.limits.wait(counted::sign_in_name, name, now);
  auto const by_address = app.limits.wait(counted::sign_in_address, c.asked.client_address, now);
  if (!by_name) return by_address;
  return by_address ? std::max(*by_name, *by_address) : by_name;
}

void refuse_sign_in(application& app, call const& c, std::optional<db::account> const& account,
                    std::string const& name) {
  app.limits.refuse(counted::sign_in_name, name, c.asked.received);
  app.limits.refuse(counted::sign_in_address, c.asked.client_address, c.asked.received);
  audit_refused_sign_in(app, c, account);
}

void audit_refused_sign_in(application& app, call const& c,
                           std::optional<db::account> const& account) {
  auto entry = entry_of(c, "signed-in");
  entry.who = db::actor_kind::staff;
  entry.actor = account ? certs::to_string(account->id) : "";
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
}

}  // namespace intake::service::accounts
