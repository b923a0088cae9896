#pragma once
#include "certs/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Passkeys as a relying party sees them (W3C Web Authentication, level 2): what a browser sends
/// back, checked by libfido2. No attestation is asked for: whose make a key is does not matter
/// here.
namespace intake::service::passkeys {

/// Where these passkeys belong; a key made for another host or page never passes.
struct relying_party {
  /// The host, without port: "localhost".
  std::string id;
  /// "https://localhost:8443"
  std::string origin;
};

relying_party party_of(std::string_view public_url);

/// A public key as it is stored.
struct public_key {
  /// COSE (RFC 9053): -7 ES256, -8 EdDSA, -257 RS256.
  int algorithm = 0;
  certs::bytes bytes;
};

struct registration {
  certs::bytes credential_id;
  public_key key;
  std::uint32_t sign_count = 0;
};

/// What a browser sends after navigator.credentials.create(): 7.1 without attestation. Nothing
/// where a step of it fails: type, challenge, origin, host, presence, key.
std::optional<registration> read_registration(relying_party const&, std::string_view challenge,
                                              certs::bytes_view client_data,
                                              certs::bytes_view authenticator_data);

/// What a browser sends after navigator.credentials.get().
struct assertion {
  certs::bytes client_data;
  certs::bytes authenticator_data;
  certs::bytes signature;
};

/// The count of signatures that it claims (0: the key does not count), if 7.2 holds: type,
/// challenge, origin, host, presence, signature. Whether the count has grown is the caller's to
/// ask.
std::optional<std::uint32_t> check_assertion(relying_party const&, std::string_view challenge,
                                             assertion const&, public_key const&);

}  // namespace intake::service::passkeys
