#include "certs/random.hpp"

#include <stdexcept>

#include <openssl/rand.h>

namespace intake::certs {

void random_bytes(std::span<std::uint8_t> out) {
  if (RAND_priv_bytes_ex(nullptr, out.data(), out.size(), 256) != 1) {
    throw std::runtime_error("the system gave no random bytes");
  }
}

world system_world() {
  return {
      .now =
          [] {
            return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
          },
      .random = random_bytes};
}

}  // namespace intake::certs
