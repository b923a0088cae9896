#include "certs/kek.hpp"

#include "certs/expects.hpp"
#include "certs/openssl.hpp"

#include <stdexcept>

#include <openssl/err.h>

namespace intake::certs {
namespace {

constexpr std::size_t kek_bytes = 32;
constexpr std::size_t semiblock_bytes = 8;
constexpr std::size_t smallest_key_bytes = 2 * semiblock_bytes;
constexpr std::size_t largest_key_bytes = 4096;

enum class direction { unwrap = 0, wrap = 1 };

// Without an IV OpenSSL takes RFC 3394's default A6A6A6A6A6A6A6A6.
cipher_context start(secret const& kek, direction way) {
  expects(kek.size() == kek_bytes, "a KEK has 256 bits");
  auto context = new_cipher_context();
  EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  must(EVP_CipherInit_ex2(context.get(), aes_256_wrap(), kek.view().data(), nullptr,
                          static_cast<int>(way), nullptr),
       "start an AES key wrap");
  return context;
}

bool is_wrapped_size(std::size_t size) {
  return size % semiblock_bytes == 0 && size >= smallest_key_bytes + semiblock_bytes &&
         size <= largest_key_bytes + semiblock_bytes;
}

}  // namespace

bytes aes_wrap(secret const& kek, bytes_view key) {
  bytes result(key.size() + semiblock_bytes);
  expects(is_wrapped_size(result.size()), "AES key wrap takes 16 to 4096 bytes, in eights");
  auto const context = start(kek, direction::wrap);
  int written = 0;
  must(EVP_CipherUpdate(context.get(), result.data(), &written, key.data(),
                        static_cast<int>(key.size())),
       "wrap a key");
  expects(static_cast<std::size_t>(written) == result.size(), "a wrapped key is 8 bytes longer");
  return result;
}

boost::system::result<secret, unwrap_error> aes_unwrap(secret const& kek, bytes_view wrapped) {
  if (!is_wrapped_size(wrapped.size())) return unwrap_error::not_authentic;
  auto const context = start(kek, direction::unwrap);
  secret key(wrapped.size() - semiblock_bytes);
  int written = 0;
  if (EVP_CipherUpdate(context.get(), key.writable().data(), &written, wrapped.data(),
                       static_cast<int>(wrapped.size())) != 1 ||
      static_cast<std::size_t>(written) != key.size()) {
    ERR_clear_error();
    return unwrap_error::not_authentic;
  }
  return key;
}

void throw_exception_from_error(unwrap_error error, boost::source_location const&) {
  throw std::runtime_error(error == unwrap_error::unknown_kek
                               ? "the key-encryption key is not in the key file"
                               : "the wrapped data key does not open under its KEK");
}

}  // namespace intake::certs
