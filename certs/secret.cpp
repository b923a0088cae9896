#include "certs/secret.hpp"

#include <algorithm>
#include <utility>

#include <openssl/crypto.h>

namespace intake::certs {
namespace {

// One block of the guarded heap holds one 256-bit key.
constexpr std::size_t smallest_block_bytes = 32;

std::uint8_t* allocate(std::size_t size_bytes) {
  auto* place = OPENSSL_secure_malloc(size_bytes);
  if (place == nullptr) place = OPENSSL_malloc(size_bytes);
  if (place == nullptr) throw std::bad_alloc();
  return static_cast<std::uint8_t*>(place);
}

}  // namespace

secret_memory prepare_secret_memory(std::size_t size_bytes) {
  switch (CRYPTO_secure_malloc_init(size_bytes, smallest_block_bytes)) {
    case 1:
      return secret_memory::locked;
    case 2:
      return secret_memory::unlocked;
    default:
      return secret_memory::unavailable;
  }
}

void wipe(std::span<std::uint8_t> buffer) noexcept {
  OPENSSL_cleanse(buffer.data(), buffer.size());
}

bool equal_in_constant_time(bytes_view a, bytes_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

secret::secret(std::size_t size_bytes) : size_(size_bytes) {
  if (size_bytes == 0) return;
  data_ = allocate(size_bytes);
  std::ranges::fill(writable(), std::uint8_t{0});
}

secret::secret(secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

secret& secret::operator=(secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

secret::~secret() {
  // Also right for ordinary memory: OpenSSL knows where the block came from.
  if (data_ != nullptr) OPENSSL_secure_clear_free(data_, size_);
}

secret secret::copy_of(bytes_view source) {
  secret result(source.size());
  std::ranges::copy(source, result.data_);
  return result;
}

secret secret::random(world const& w, std::size_t size_bytes) {
  secret result(size_bytes);
  w.random(result.writable());
  return result;
}

}  // namespace intake::certs
