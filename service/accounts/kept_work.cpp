#include "service/accounts/kept_work.hpp"

#include "certs/base64.hpp"
#include "service/accounts/sign_in_form.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/responses.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>
#include <charconv>

namespace intake::service::accounts {
namespace {

constexpr std::chrono::hours kept_for{12};
constexpr std::string_view place_name = "kept-work";

std::string field(std::string_view form, std::string_view name) {
  for (auto& each : read_form(form).value_or(std::vector<form_field>{})) {
    if (each.name == name) return std::move(each.value);
  }
  return {};
}

bool is_plain_form(request const& asked) {
  auto const type = read_media_type(asked.field("content-type").value_or(""));
  return type && type->name == "application/x-www-form-urlencoded";
}

std::string encode(certs::bytes_view data) {
  return certs::base64url_encode(data);
}

/// account.key.wrapped.content, each in base64url.
std::string write_kept(application const& app, kept_work const& work, certs::utc_time now) {
  auto const text = "at=" + std::to_string(now.time_since_epoch().count()) +
                    "&target=" + percent_encode(work.target) + "&body=" + percent_encode(work.body);
  auto const sealed = seal_text(app.world, app.keks, {place_name, work.account}, text);
  return encode(work.account.value) + "." + encode(certs::as_bytes(sealed.key.kek_id)) + "." +
         encode(sealed.key.value) + "." + encode(sealed.content);
}

std::vector<certs::bytes> pieces_of(std::string_view kept) {
  std::vector<certs::bytes> pieces;
  while (pieces.size() < 5) {
    auto const dot = kept.find('.');
    auto piece = certs::base64url_decode(kept.substr(0, dot));
    if (!piece) return {};
    pieces.push_back(std::move(*piece));
    if (dot == kept.npos) return pieces;
    kept.remove_prefix(dot + 1);
  }
  return {};
}

std::optional<certs::utc_time> time_in(std::string_view text) {
  std::int64_t micros = 0;
  auto const value = field(text, "at");
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), micros);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return certs::utc_time(std::chrono::microseconds(micros));
}

}  // namespace

std::optional<std::string> keep_work(application const& app, call const& c) {
  if (!is_plain_form(c.asked) || c.asked.body.size() > kept_bytes_max) return std::nullopt;
  auto const header = c.asked.field("cookie");
  auto const value = header ? cookie(*header, session_cookie) : std::nullopt;
  if (!value || value->empty() || value->size() > 128) return std::nullopt;
  auto const session = db::find_session(app.desk, session_id_hash(app.keys, *value));
  if (!session || !csrf_matches(*session, field(c.asked.body, "csrf"))) return std::nullopt;
  return write_kept(app, {session->account, target_of(c.asked), c.asked.body}, c.asked.received);
}

std::optional<kept_work> read_kept_work(application const& app, std::string_view kept,
                                        certs::utc_time now) {
  auto const pieces = pieces_of(kept);
  kept_work work;
  if (pieces.size() != 4 || pieces[0].size() != work.account.value.size()) return std::nullopt;
  std::ranges::copy(pieces[0], work.account.value.begin());
  certs::wrapped_key const key{{reinterpret_cast<char const*>(pieces[1].data()), pieces[1].size()},
                               pieces[2]};
  auto const text = open_text(app.keks, {place_name, work.account}, key, pieces[3]);
  auto const at = text ? time_in(*text) : std::nullopt;
  if (!at || now < *at || now - *at > kept_for) return std::nullopt;
  work.target = field(*text, "target");
  work.body = field(*text, "body");
  return work;
}

response offer_again(application const& app, kept_work const& work,
                     db::resumed_session const& staff) {
  page_model model;
  model.set("ACTION", work.target).set("CSRF", csrf_token(staff.record));
  for (auto const& [name, value] : read_form(work.body).value_or(std::vector<form_field>{})) {
    if (name != "csrf") model.add("FIELD").set("NAME", name).set("VALUE", value);
  }
  return show_page(app, {.title = "Send what you had typed", .staff = &staff}, "kept_work", model);
}

std::optional<response> offer_of_earlier_session(application const& app, call const& c) {
  if (!is_plain_form(c.asked) || c.asked.body.size() > kept_bytes_max) return std::nullopt;
  auto const token = field(c.asked.body, "csrf");
  for (auto const& session : db::sessions_of(app.desk, c.staff->record.account)) {
    if (!csrf_matches(session, token)) continue;
    return offer_again(app, {session.account, target_of(c.asked), c.asked.body}, *c.staff);
  }
  return std::nullopt;
}

response sign_in_again(application& app, call const& c) {
  auto kept = keep_work(app, c);
  if (!kept) return see_other("/desk/sign-in");
  return sign_in_form(app,
                      {.kept = std::move(*kept),
                       .note = "You were signed out because nothing was done for a while. Sign in, "
                               "and what you had typed can be sent."},
                      401, "");
}

}  // namespace intake::service::accounts
