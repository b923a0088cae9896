#pragma once
#include "certs/uuid.hpp"

namespace intake::certs {

/// Fills the buffer from OpenSSL's private generator (seeded by the kernel); throws
/// std::runtime_error when it has no entropy.
void random_bytes(std::span<std::uint8_t> out);

/// The real clock and `random_bytes`; main makes one and passes it down.
world system_world();

}  // namespace intake::certs
