#include "service/guards.hpp"

#include "certs/base64.hpp"
#include "certs/secret.hpp"
#include "service/http/fields.hpp"
#include "service/visit_cookie.hpp"

namespace intake::service {

certs::hash256 session_id_hash(certs::keyring const& keys, std::string_view cookie_value) {
  return keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(cookie_value));
}

std::optional<db::resumed_session> current_session(application const& app, request const& asked,
                                                   session_touch touch) {
  auto const header = asked.field("cookie");
  if (!header) return std::nullopt;
  auto const value = cookie(*header, session_cookie);
  if (!value || value->empty() || value->size() > 128) return std::nullopt;
  return db::resume_session(
      app.desk, session_id_hash(app.keys, *value), asked.received,
      {std::chrono::minutes(app.settings.session_idle_minutes),
       std::chrono::hours(app.settings.session_absolute_hours), touch == session_touch::counts});
}

std::string csrf_token(db::session const& session) {
  return certs::base64url_encode(
      certs::hmac_sha256(session.csrf_secret, certs::as_bytes("csrf token")));
}

bool csrf_matches(db::session const& session, std::string_view given) {
  return certs::equal_in_constant_time(certs::as_bytes(csrf_token(session)),
                                       certs::as_bytes(given));
}

bool from_own_page(config const& settings, request const& asked) {
  if (auto const site = asked.field("sec-fetch-site")) {
    return *site == "same-origin" || *site == "none";
  }
  auto const origin = asked.field("origin");
  return !origin || *origin == settings.public_url();
}

std::optional<std::chrono::seconds> too_many(application& app, request const& asked,
                                             certs::uuid const& submission_of_token) {
  auto const token = certs::to_string(submission_of_token);
  if (auto const wait = app.limits.refuse(counted::form_token, token, asked.received)) return wait;
  return app.limits.refuse(counted::address, asked.client_address, asked.received);
}

std::optional<std::chrono::seconds> too_often(application& app, request const& asked) {
  auto const count = [&](counted kind, std::string_view who) {
    return app.limits.refuse(kind, who, asked.received);
  };
  auto const cookie = visit_cookie_of(asked);
  if (cookie && is_own_visit_cookie(app.keys, *cookie)) {
    if (auto const wait = count(counted::visit, *cookie)) return wait;
    return count(counted::address_pages, asked.client_address);
  }
  bool const sends = asked.method == http_method::post;
  return count(sends ? counted::address : counted::address_pages, asked.client_address);
}

bool must_look_up(application& app, request const& asked) {
  return asked.path.starts_with("/fhir/") && !app.clients.knows(asked);
}

void count_failure(application& app, request const& asked) {
  static_cast<void>(
      app.limits.refuse(counted::client_failure, asked.client_address, asked.received));
}

std::optional<std::chrono::seconds> too_many_failures(application& app, request const& asked) {
  return app.limits.wait(counted::client_failure, asked.client_address, asked.received);
}

response slowed(response made, std::chrono::seconds wait) {
  std::erase_if(made.fields, [](auto const& each) { return each.name == "retry-after"; });
  made.fields.push_back({"retry-after", std::to_string(wait.count())});
  return made;
}

}  // namespace intake::service
