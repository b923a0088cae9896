#pragma once
#include <memory>

#include <openssl/evp.h>

/// Handles for OpenSSL objects; included by certs/*.cpp only.
namespace intake::certs {

template <auto Free>
struct freed_by {
  void operator()(auto* object) const { Free(object); }
};

using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, freed_by<EVP_CIPHER_CTX_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;

/// Throws std::runtime_error "OpenSSL could not <what>" unless `result` is 1, and forgets the
/// library's own error text.
void must(int result, char const* what);

cipher_context new_cipher_context();
digest_context new_digest_context();

// Looked up once: OpenSSL 3 otherwise searches its providers again for every operation.
EVP_CIPHER const* aes_256_gcm();
EVP_CIPHER const* aes_256_ecb();
EVP_MD const* sha_256();

}  // namespace intake::certs
