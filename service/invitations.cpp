#include "service/invitations.hpp"

#include "certs/base64.hpp"
#include "certs/receipt.hpp"
#include "certs/secret.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "service/sealed_text.hpp"

#include <algorithm>

namespace intake::service {
namespace {

constexpr std::size_t selector_bytes = 16;
constexpr std::size_t verifier_bytes = 16;

text_place place_of(db::invitation const& row) {
  return {"invitation", row.id, 1};
}

certs::hash256 hash_of(certs::keyring const& keys, std::string_view what, std::string_view value) {
  auto const text = std::string(what) + std::string(value);
  return keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(text));
}

certs::hash256 verifier_hash(certs::keyring const& keys, certs::bytes_view verifier) {
  return hash_of(keys,
                 "invitation:", {reinterpret_cast<char const*>(verifier.data()), verifier.size()});
}

db::invitation_selector selector_of(certs::bytes_view bytes) {
  db::invitation_selector selector{};
  std::copy_n(bytes.begin(), selector.size(), selector.begin());
  return selector;
}

std::string write_content(invitation_content const& what) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().key("who").raw(write_person(what.who));
  if (!what.form.empty()) out.member("form", what.form).member("item", what.link_id);
  out.end_object();
  return text;
}

}  // namespace

new_invitation make_invitation(book_keys const& keys, invitation_order const& order) {
  new_invitation made;
  auto& row = made.row;
  row.id = certs::new_uuid_v7(keys.world);
  row.purpose = order.purpose;
  row.appointment = order.appointment;
  row.submission = order.submission;
  row.created = order.now;
  row.actor = order.actor;
  row.expires = order.now + order.lifetime;
  if (order.purpose == db::invitation_purpose::device) {
    made.secret = certs::to_string(certs::new_receipt(keys.world));
    row.verifier_hash = hash_of(keys.index, "device-code:", made.secret);
    row.selector = selector_of(row.verifier_hash);
  } else {
    certs::bytes secret(selector_bytes + verifier_bytes);
    keys.world.random(secret);
    made.secret = certs::base64url_encode(secret);
    row.selector = selector_of(secret);
    row.verifier_hash =
        verifier_hash(keys.index, certs::bytes_view(secret).subspan(selector_bytes));
  }
  auto sealed = seal_text(keys.world, keys.keks, place_of(row), write_content(order.what));
  row.key = std::move(sealed.key);
  row.content = std::move(sealed.content);
  return made;
}

std::string invitation_url(config const& settings, std::string_view secret) {
  return settings.public_url() + "/invited/" + std::string(secret);
}

std::optional<db::invitation> find_invitation(db::pool& portal, certs::keyring const& keys,
                                              std::string_view secret) {
  auto const bytes = certs::base64url_decode(secret);
  if (!bytes || bytes->size() != selector_bytes + verifier_bytes) return std::nullopt;
  auto found = db::find_invitation(portal, selector_of(*bytes));
  if (!found || found->purpose == db::invitation_purpose::device) return std::nullopt;
  auto const hash = verifier_hash(keys, certs::bytes_view(*bytes).subspan(selector_bytes));
  if (!certs::equal_in_constant_time(hash, found->verifier_hash)) return std::nullopt;
  return found;
}

std::optional<db::invitation> find_device_code(db::pool& portal, certs::keyring const& keys,
                                               std::string_view typed) {
  auto const code = certs::parse_receipt(typed);
  if (!code) return std::nullopt;
  auto const hash = hash_of(keys, "device-code:", certs::to_string(*code));
  auto found = db::find_invitation(portal, selector_of(hash));
  if (!found || found->purpose != db::invitation_purpose::device) return std::nullopt;
  if (!certs::equal_in_constant_time(hash, found->verifier_hash)) return std::nullopt;
  return found;
}

bool is_good(db::invitation const& one, certs::utc_time now) {
  return !one.revoked && now < one.expires;
}

std::optional<invitation_content> open_invitation_content(certs::kek_provider const& keks,
                                                          db::invitation const& row) {
  auto const text = open_text(keks, place_of(row), row.key, row.content);
  if (!text) return std::nullopt;
  auto const document = forms::read_json(*text, {.bytes_max = 16384, .depth_max = 3});
  if (!document) return std::nullopt;
  auto const* const who = document->root().find("who", forms::json_kind::object);
  if (who == nullptr) return std::nullopt;
  invitation_content content;
  content.who = read_person(*who);
  content.form = document->root().text_of("form");
  content.link_id = document->root().text_of("item");
  return content;
}

}  // namespace intake::service
