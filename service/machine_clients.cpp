#include "service/machine_clients.hpp"

#include "certs/base64.hpp"
#include "certs/hex.hpp"
#include "certs/secret.hpp"
#include "db/client_certificates.hpp"

#include <algorithm>

namespace intake::service {
namespace {

constexpr std::size_t cached_clients_max = 1024;

struct credentials {
  std::string id;
  std::string secret;
};

/// RFC 7617 2: base64 of user-id ":" password; the scheme's name is case-insensitive.
std::optional<credentials> read_basic(std::string_view authorization) {
  constexpr std::string_view scheme = "basic ";
  if (authorization.size() <= scheme.size()) return std::nullopt;
  bool const is_basic = std::ranges::equal(authorization.substr(0, scheme.size()), scheme,
                                           [](char a, char b) { return (a | 0x20) == (b | 0x20); });
  if (!is_basic) return std::nullopt;
  auto const decoded = certs::base64_decode(authorization.substr(scheme.size()));
  if (!decoded) return std::nullopt;
  std::string const text(decoded->begin(), decoded->end());
  auto const colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || colon > 64) return std::nullopt;
  return credentials{text.substr(0, colon), text.substr(colon + 1)};
}

std::string certificate_key(std::string const& fingerprint) {
  return "certificate:" + fingerprint;
}

}  // namespace

certs::hash256 client_secret_hash(certs::keyring const& keys, std::string_view id,
                                  std::string_view secret) {
  auto const bound = std::string("client\n") + std::string(id) + "\n" + std::string(secret);
  return keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(bound));
}

machine_clients::machine_clients(db::pool& desk, certs::keyring const& keys,
                                 certs::world const& world)
    : desk_(desk), keys_(keys), world_(world) {}

std::optional<db::client> machine_clients::authenticate(request const& asked) {
  if (auto const authorization = asked.field("authorization")) {
    auto const given = read_basic(*authorization);
    if (!given) return std::nullopt;
    auto found = look_up(given->id);
    if (!found || !secret_matches(*found, given->secret)) return std::nullopt;
    return found;
  }
  if (!asked.client_certificate) return std::nullopt;
  return look_up_certificate(*asked.client_certificate);
}

bool machine_clients::knows(request const& asked) {
  auto const authorization = asked.field("authorization");
  if (!authorization) {
    auto const& shown = asked.client_certificate;
    return !shown || remembered(certificate_key(*shown));
  }
  auto const given = read_basic(*authorization);
  return !given || remembered(given->id);
}

std::optional<machine_clients::cached> machine_clients::remembered(std::string const& key) {
  auto const now = world_.now();
  std::lock_guard const lock(mutex_);
  auto const found = by_key_.find(key);
  if (found == by_key_.end() || now - found->second.read_at >= client_cache_seconds)
    return std::nullopt;
  return found->second;
}

std::optional<db::client> machine_clients::look_up(std::string const& id) {
  if (auto known = remembered(id)) return std::move(known->row);
  auto row = db::find_client(desk_, id);
  if (row && row->disabled) row.reset();
  remember(id, row);
  return row;
}

std::optional<db::client> machine_clients::look_up_certificate(std::string const& fingerprint) {
  auto const key = certificate_key(fingerprint);
  if (auto known = remembered(key)) return std::move(known->row);
  certs::hash256 hash{};
  auto found = certs::read_hex(fingerprint, hash) ? db::find_certified(desk_, hash) : std::nullopt;
  bool const good = found && !found->owner.disabled && !found->certificate.revoked &&
                    world_.now() < found->certificate.not_after;
  auto row = good ? std::optional(std::move(found->owner)) : std::nullopt;
  remember(key, row);
  return row;
}

void machine_clients::remember(std::string const& key, std::optional<db::client> const& row) {
  auto const now = world_.now();
  std::lock_guard const lock(mutex_);
  // A flood of invented names must not grow the cache without bound.
  if (by_key_.size() >= cached_clients_max) by_key_.clear();
  by_key_.insert_or_assign(key, cached{row, now});
}

bool machine_clients::secret_matches(db::client const& row, std::string_view secret) const {
  if (row.secret_hash.empty()) return false;
  auto const given = client_secret_hash(keys_, row.id, secret);
  return certs::equal_in_constant_time(given, row.secret_hash);
}

}  // namespace intake::service
