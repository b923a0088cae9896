#pragma once
#include "certs/ed25519.hpp"
#include "certs/keyring.hpp"
#include "db/outside_heads.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The file of signed heads, one a line:
///
///     intake-head 1 <written> <number> <at> <link, 64 hex> <signature, 128 hex> <chain>
///
/// Times are microseconds since 1970. The signature is Ed25519 over chain_link(link; "intake audit
/// signed head 1", chain, number 8, at 8, written 8), by the key of role audit_signing.
namespace intake::service {

certs::ed25519_public head_signer(certs::keyring const&);

/// With its line end.
std::string write_head(db::outside_head const&, certs::utc_time written, certs::keyring const&);

struct heads_reading {
  std::vector<db::outside_head> heads;
  /// Lines, from 1, that are none or were not signed by that key.
  std::vector<std::size_t> bad_lines;
  /// Lines that were cut off while they were written: on a full disk, or by a power cut.
  std::size_t cut_lines = 0;
};

/// What ends a line that was found cut off, before the next is written below it.
inline constexpr std::string_view cut_mark = " [cut off]\n";

heads_reading read_heads(std::string_view text, certs::ed25519_public const& signer);

}  // namespace intake::service
