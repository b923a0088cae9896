#pragma once
#include "certs/kek.hpp"

#include <boost/system/result.hpp>

/// AES-256 key wrap (RFC 3394), over the AES of OpenSSL that the processor does in hardware:
/// OpenSSL's own wrap uses the one with tables, which is slower and tells its key to the cache.
namespace intake::certs {

/// 2.2.1: `key` has 16 to 4,096 bytes, a multiple of 8; the result is 8 bytes longer.
bytes aes_wrap(secret const& kek, bytes_view key);

/// 2.2.2: not_authentic when the integrity check fails, or no wrapped key has that length.
boost::system::result<secret, unwrap_error> aes_unwrap(secret const& kek, bytes_view wrapped);

}  // namespace intake::certs
