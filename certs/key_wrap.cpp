#include "certs/key_wrap.hpp"

#include "certs/expects.hpp"
#include "certs/openssl.hpp"

#include <algorithm>

namespace intake::certs {
namespace {

constexpr std::size_t kek_bytes = 32;
constexpr std::size_t semiblock_bytes = 8;
constexpr std::size_t key_bytes_min = 2 * semiblock_bytes;
constexpr std::size_t key_bytes_max = 4096;
constexpr int rounds = 6;
// 2.2.3.1: the default initial value.
constexpr std::array<std::uint8_t, semiblock_bytes> initial_value = {0xa6, 0xa6, 0xa6, 0xa6,
                                                                     0xa6, 0xa6, 0xa6, 0xa6};

enum class direction { decrypt = 0, encrypt = 1 };

bool is_key_size(std::size_t size_bytes) {
  return size_bytes % semiblock_bytes == 0 && size_bytes >= key_bytes_min &&
         size_bytes <= key_bytes_max;
}

/// One block in place, under the KEK: the register A in front, then the semiblock at hand.
class block_cipher {
 public:
  block_cipher(secret const& kek, direction way) : context_(new_cipher_context()) {
    expects(kek.size() == kek_bytes, "a KEK has 256 bits");
    must(EVP_CipherInit_ex2(context_.get(), aes_256_ecb(), kek.view().data(), nullptr,
                            static_cast<int>(way), nullptr),
         "start AES-256");
    must(EVP_CIPHER_CTX_set_padding(context_.get(), 0), "start AES-256");
  }
  ~block_cipher() { wipe(block_); }

  std::span<std::uint8_t> a() { return std::span(block_).first(semiblock_bytes); }

  /// Puts `r` behind A, passes both through the cipher and takes it out again.
  void turn(std::span<std::uint8_t> r) {
    auto const low = std::span(block_).last(semiblock_bytes);
    std::ranges::copy(r, low.begin());
    int written = 0;
    must(EVP_CipherUpdate(context_.get(), block_.data(), &written, block_.data(),
                          static_cast<int>(block_.size())),
         "pass a block through AES-256");
    std::ranges::copy(low, r.begin());
  }

  /// A ^ t, t as a big-endian 64-bit number; t stays below 2^16 (6 rounds of at most 512).
  void mix_in(std::size_t t) {
    a()[6] ^= static_cast<std::uint8_t>(t >> 8);
    a()[7] ^= static_cast<std::uint8_t>(t);
  }

 private:
  cipher_context context_;
  std::array<std::uint8_t, 2 * semiblock_bytes> block_{};
};

}  // namespace

bytes aes_wrap(secret const& kek, bytes_view key) {
  expects(is_key_size(key.size()), "AES key wrap takes 16 to 4096 bytes, in eights");
  block_cipher cipher(kek, direction::encrypt);
  auto const n = key.size() / semiblock_bytes;
  bytes result(key.size() + semiblock_bytes);
  auto const r = std::span(result).subspan(semiblock_bytes);
  std::ranges::copy(key, r.begin());
  std::ranges::copy(initial_value, cipher.a().begin());
  for (std::size_t j = 0; j < rounds; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      cipher.turn(r.subspan(i * semiblock_bytes, semiblock_bytes));
      cipher.mix_in(n * j + i + 1);
    }
  }
  std::ranges::copy(cipher.a(), result.begin());
  return result;
}

boost::system::result<secret, unwrap_error> aes_unwrap(secret const& kek, bytes_view wrapped) {
  if (wrapped.size() < semiblock_bytes || !is_key_size(wrapped.size() - semiblock_bytes)) {
    return unwrap_error::not_authentic;
  }
  block_cipher cipher(kek, direction::decrypt);
  auto result = secret::copy_of(wrapped.subspan(semiblock_bytes));
  auto const r = result.writable();
  auto const n = r.size() / semiblock_bytes;
  std::ranges::copy(wrapped.first(semiblock_bytes), cipher.a().begin());
  for (std::size_t t = rounds * n; t > 0; --t) {
    cipher.mix_in(t);
    cipher.turn(r.subspan((t - 1) % n * semiblock_bytes, semiblock_bytes));
  }
  if (!equal_in_constant_time(cipher.a(), initial_value)) return unwrap_error::not_authentic;
  return result;
}

}  // namespace intake::certs
