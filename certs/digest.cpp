#include "certs/digest.hpp"

#include "certs/openssl.hpp"

#include <openssl/evp.h>

namespace intake::certs {

std::array<std::uint8_t, 20> sha1(bytes_view data) {
  std::array<std::uint8_t, 20> result{};
  must(EVP_Digest(data.data(), data.size(), result.data(), nullptr, EVP_sha1(), nullptr),
       "compute a SHA-1 digest");
  return result;
}

}  // namespace intake::certs
