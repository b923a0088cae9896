#pragma once
#include "certs/bytes.hpp"

#include <array>
#include <cstdint>

namespace intake::certs {

/// SHA-1 (FIPS 180-4), because FHIR R4 says so of Attachment.hash. It names a file, it proves
/// nothing.
std::array<std::uint8_t, 20> sha1(bytes_view data);

}  // namespace intake::certs
