#pragma once
#include "certs/bytes.hpp"

#include <string>

namespace intake::certs {

/// RFC 4648 6 without padding: how authenticator apps take a key that is typed.
std::string base32_encode(bytes_view data);

}  // namespace intake::certs
