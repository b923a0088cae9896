#include "certs/openssl.hpp"

#include <new>
#include <stdexcept>
#include <string>

#include <openssl/err.h>

namespace intake::certs {
namespace {

EVP_CIPHER const* fetch_cipher(char const* name) {
  auto const* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
  if (cipher == nullptr) throw std::runtime_error(std::string("OpenSSL offers no ") + name);
  return cipher;
}

}  // namespace

void must(int result, char const* what) {
  if (result == 1) return;
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL could not ") + what);
}

cipher_context new_cipher_context() {
  cipher_context context(EVP_CIPHER_CTX_new());
  if (!context) throw std::bad_alloc();
  return context;
}

digest_context new_digest_context() {
  digest_context context(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  return context;
}

EVP_CIPHER const* aes_256_gcm() {
  static auto const* const cipher = fetch_cipher("AES-256-GCM");
  return cipher;
}

EVP_CIPHER const* aes_256_ecb() {
  static auto const* const cipher = fetch_cipher("AES-256-ECB");
  return cipher;
}

EVP_MD const* sha_256() {
  static auto const* const digest = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  if (digest == nullptr) throw std::runtime_error("OpenSSL offers no SHA2-256");
  return digest;
}

}  // namespace intake::certs
