#include "certs/hash_chain.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <stdexcept>

namespace intake::certs {
namespace {

using digest_context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

void must(int result) {
  if (result != 1) throw std::runtime_error("OpenSSL could not compute a SHA-256 digest");
}

void add_field(EVP_MD_CTX* context, bytes_view field) {
  std::array<std::uint8_t, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(field.size()) >> (56 - 8 * i));
  }
  must(EVP_DigestUpdate(context, length.data(), length.size()));
  must(EVP_DigestUpdate(context, field.data(), field.size()));
}

}  // namespace

hash256 sha256(bytes_view data) {
  hash256 result{};
  must(EVP_Digest(data.data(), data.size(), result.data(), nullptr, EVP_sha256(), nullptr));
  return result;
}

hash256 hmac_sha256(bytes_view key, bytes_view data) {
  hash256 result{};
  unsigned int length = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
           result.data(), &length) == nullptr) {
    throw std::runtime_error("OpenSSL could not compute an HMAC");
  }
  return result;
}

hash256 chain_link(hash256 const& previous, std::span<bytes_view const> fields) {
  digest_context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!context) throw std::bad_alloc();
  must(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr));
  must(EVP_DigestUpdate(context.get(), previous.data(), previous.size()));
  for (auto const& field : fields) add_field(context.get(), field);
  hash256 result{};
  must(EVP_DigestFinal_ex(context.get(), result.data(), nullptr));
  return result;
}

}  // namespace intake::certs
