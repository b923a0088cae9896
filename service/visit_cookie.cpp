#include "service/visit_cookie.hpp"

#include "certs/base64.hpp"
#include "certs/secret.hpp"
#include "service/http/fields.hpp"

#include <span>

namespace intake::service {
namespace {

constexpr std::size_t random_bytes = 32;
constexpr std::size_t mark_bytes = 12;
constexpr std::size_t value_bytes_max = 128;

std::string mark_of(certs::keyring const& keys, std::string_view random) {
  auto const text = "visit-cookie:" + std::string(random);
  auto const hash = keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(text));
  return certs::base64url_encode(std::span(hash).first(mark_bytes));
}

}  // namespace

std::string new_visit_cookie(certs::keyring const& keys, certs::world const& world) {
  certs::bytes random(random_bytes);
  world.random(random);
  auto value = certs::base64url_encode(random);
  auto const mark = mark_of(keys, value);
  return value + "." + mark;
}

std::optional<std::string> visit_cookie_of(request const& asked) {
  auto const header = asked.field("cookie");
  if (!header) return std::nullopt;
  auto const value = cookie(*header, visit_cookie_name);
  if (!value || value->empty() || value->size() > value_bytes_max) return std::nullopt;
  return std::string(*value);
}

bool is_own_visit_cookie(certs::keyring const& keys, std::string_view value) {
  auto const dot = value.find('.');
  if (dot == std::string_view::npos) return false;
  return certs::equal_in_constant_time(certs::as_bytes(value.substr(dot + 1)),
                                       certs::as_bytes(mark_of(keys, value.substr(0, dot))));
}

}  // namespace intake::service
