#pragma once
#include "certs/hash_chain.hpp"
#include "db/clients.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// A certificate that stands for a client; taken back, never deleted.
struct client_certificate {
  /// SHA-256 of the DER.
  certs::hash256 fingerprint{};
  std::string client;
  /// RFC 4514.
  std::string subject;
  certs::utc_time issued{};
  certs::utc_time not_after{};
  std::optional<certs::utc_time> revoked{};
};

struct certified_client {
  client owner;
  client_certificate certificate;
};

/// Written by intake_desk, read by intake_portal too. All functions here throw `unavailable`.
[[nodiscard]] account_change add_certificate(pool&, client_certificate const&);
std::optional<certified_client> find_certified(pool&, certs::hash256 const& fingerprint);
/// By client, the newest first.
std::vector<client_certificate> list_certificates(pool&);
/// Takes back the one, or all of a client that are in force; says how many it was.
int revoke_certificate(pool&, certs::hash256 const& fingerprint, certs::utc_time now);
int revoke_certificates_of(pool&, std::string_view client, certs::utc_time now);

}  // namespace intake::db
