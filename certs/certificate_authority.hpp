#pragma once
#include "certs/secret.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

/// A small certificate authority of our own: ECDSA P-256, X.509 v3 (RFC 5280).
namespace intake::certs {

/// A certificate and its private key (PKCS #8, not encrypted).
struct pem_identity {
  std::string certificate;
  wiped_bytes private_key;
};

/// May sign end certificates only (pathLenConstraint 0).
pem_identity make_authority(world const& w, std::string_view name, std::chrono::days lifetime);

/// For a TLS server: every name is a DNS name ("*" may be the first label) or an IP address.
/// Throws std::invalid_argument when one is neither, or there is none.
pem_identity issue_server_certificate(world const& w, pem_identity const& authority,
                                      std::vector<std::string> const& names,
                                      std::chrono::days lifetime);

/// For a TLS client whose common name is `name` (1 to 64 bytes of printable ASCII without ','
/// '=' '+'; RFC 5280 A.1 ub-common-name). Throws std::invalid_argument for any other.
pem_identity issue_client_certificate(world const& w, pem_identity const& authority,
                                      std::string_view name, std::chrono::days lifetime);

}  // namespace intake::certs
