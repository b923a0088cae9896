#include "certs/hkdf.hpp"

#include "certs/expects.hpp"

#include <algorithm>
#include <array>

namespace intake::certs {
namespace {

constexpr std::size_t hash_bytes = std::tuple_size_v<hash256>;

}  // namespace

secret hkdf_extract(bytes_view salt, bytes_view input_key) {
  auto pseudorandom_key = hmac_sha256(salt, input_key);
  auto result = secret::copy_of(pseudorandom_key);
  wipe(pseudorandom_key);
  return result;
}

secret hkdf_expand(bytes_view pseudorandom_key, bytes_view info, std::size_t size_bytes) {
  expects(size_bytes <= 255 * hash_bytes, "HKDF gives at most 255 blocks");
  secret result(size_bytes);
  // T(n) = HMAC(PRK, T(n-1) | info | n)
  wiped_bytes message;
  message.reserve(hash_bytes + info.size() + 1);
  hash256 block{};
  std::uint8_t counter = 0;
  for (std::size_t done = 0; done < size_bytes; done += hash_bytes) {
    message.clear();
    if (counter > 0) message.insert(message.end(), block.begin(), block.end());
    message.insert(message.end(), info.begin(), info.end());
    message.push_back(++counter);
    block = hmac_sha256(pseudorandom_key, message);
    auto const take = std::min(hash_bytes, size_bytes - done);
    std::copy_n(block.begin(), take, result.writable().begin() + static_cast<std::ptrdiff_t>(done));
  }
  wipe(block);
  return result;
}

}  // namespace intake::certs
