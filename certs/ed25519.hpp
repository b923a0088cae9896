#pragma once
#include "certs/secret.hpp"

#include <array>

/// Signatures that need no secret to be checked (RFC 8032, Ed25519).
namespace intake::certs {

using ed25519_public = std::array<std::uint8_t, 32>;
using ed25519_signature = std::array<std::uint8_t, 64>;

/// The public key of a private key of 32 random bytes.
ed25519_public ed25519_public_of(secret const& private_key);

ed25519_signature ed25519_sign(secret const& private_key, bytes_view message);

bool ed25519_verify(ed25519_public const& signer, bytes_view message,
                    ed25519_signature const& signature);

}  // namespace intake::certs
