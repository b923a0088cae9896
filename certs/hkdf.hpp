#pragma once
#include "certs/hash_chain.hpp"
#include "certs/secret.hpp"

/// HKDF-SHA-256 (RFC 5869).
namespace intake::certs {

/// 2.2: a 32-byte pseudorandom key; an empty salt counts as 32 zero bytes.
secret hkdf_extract(bytes_view salt, bytes_view input_key);

/// 2.3: at most 255 * 32 bytes from a pseudorandom key of at least 32 bytes.
secret hkdf_expand(bytes_view pseudorandom_key, bytes_view info, std::size_t size_bytes);

}  // namespace intake::certs
