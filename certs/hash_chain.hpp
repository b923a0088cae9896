#pragma once
#include "certs/bytes.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace intake::certs {

using hash256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4).
hash256 sha256(bytes_view data);

/// HMAC-SHA-256 (RFC 2104).
hash256 hmac_sha256(bytes_view key, bytes_view data);

/// The next link of an audit chain: SHA-256 over `previous` and then each field, every one preceded
/// by its length as eight big-endian bytes, so that no two lists of fields hash the same bytes.
hash256 chain_link(hash256 const& previous, std::span<bytes_view const> fields);

/// Where the chain of one writer stands.
struct chain_head {
  std::string_view instance;
  std::string_view writer;
  std::uint64_t sequence = 0;
  hash256 hash{};
};

/// Proves that a chain reached this head: HMAC-SHA-256 under the key of role audit_head, over the
/// length-prefixed fields. Kept outside the database, it shows a cut tail or a chain written anew.
hash256 head_mac(bytes_view audit_head_key, chain_head const& head);

}  // namespace intake::certs
