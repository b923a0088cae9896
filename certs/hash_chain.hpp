#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "certs/bytes.hpp"

namespace intake::certs {

using hash256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4).
hash256 sha256(bytes_view data);

/// HMAC-SHA-256 (RFC 2104).
hash256 hmac_sha256(bytes_view key, bytes_view data);

/// The next link of an audit chain: SHA-256 over `previous` and then each field, every one preceded by its length as
/// eight big-endian bytes, so that no two lists of fields hash the same bytes.
hash256 chain_link(hash256 const& previous, std::span<bytes_view const> fields);

}  // namespace intake::certs
