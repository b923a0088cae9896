#pragma once
#include "certs/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::certs {

/// RFC 4648 5 without padding: what stands in cookies, tokens and URLs.
std::string base64url_encode(bytes_view data);

/// Nothing but what `base64url_encode` writes: no padding, no white space, no stray bits in the
/// last character.
std::optional<bytes> base64url_decode(std::string_view text);

/// RFC 4648 4 with its padding: what RFC 7617 credentials carry.
std::optional<bytes> base64_decode(std::string_view text);

}  // namespace intake::certs
