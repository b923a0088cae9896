#pragma once
#include "certs/keyring.hpp"
#include "certs/uuid.hpp"
#include "db/clients.hpp"
#include "service/http/request.hpp"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace intake::service {

/// How long a client's row is believed before it is read again: the longest that a disabled client,
/// or one whose certificate was taken back, still gets in.
inline constexpr std::chrono::seconds client_cache_seconds{10};

/// The hash under which a client's secret is stored.
certs::hash256 client_secret_hash(certs::keyring const&, std::string_view id,
                                  std::string_view secret);

/// Who machines are. Thread-safe.
class machine_clients {
 public:
  machine_clients(db::pool& desk, certs::keyring const&, certs::world const&);

  /// The client that the request's Basic credentials (RFC 7617) or its client certificate name;
  /// nothing where they are missing, wrong or disabled. Throws db::unavailable.
  std::optional<db::client> authenticate(request const&);

  /// Whether `authenticate` now answers without asking the database.
  bool knows(request const&);

 private:
  struct cached {
    std::optional<db::client> row;
    certs::utc_time read_at{};
  };
  /// The row read within the last `client_cache_seconds`; no entry where none was.
  std::optional<cached> remembered(std::string const& key);
  /// By name, or by the fingerprint of a certificate in force.
  std::optional<db::client> look_up(std::string const& name);
  std::optional<db::client> look_up_certificate(std::string const& fingerprint);
  void remember(std::string const& key, std::optional<db::client> const&);
  bool secret_matches(db::client const&, std::string_view secret) const;

  db::pool& desk_;
  certs::keyring const& keys_;
  certs::world const& world_;
  std::mutex mutex_;
  /// A name, or "certificate:" and a fingerprint; no name has a colon.
  std::unordered_map<std::string, cached> by_key_;
};

}  // namespace intake::service
