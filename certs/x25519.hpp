#pragma once
#include "certs/secret.hpp"

#include <array>

/// Diffie-Hellman over Curve25519 (RFC 7748).
namespace intake::certs {

using x25519_public = std::array<std::uint8_t, 32>;

/// The public key of 32 random bytes.
x25519_public x25519_public_of(secret const& private_key);

/// 6.1: what both sides know. Throws std::runtime_error where `theirs` is a point of small order:
/// the result would be zero for every private key.
secret x25519(secret const& mine, x25519_public const& theirs);

}  // namespace intake::certs
