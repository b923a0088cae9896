#include "certs/ed25519.hpp"

#include "certs/expects.hpp"
#include "certs/openssl.hpp"

#include <stdexcept>

#include <openssl/err.h>
#include <openssl/evp.h>

namespace intake::certs {
namespace {

using key_handle = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;

key_handle private_handle(secret const& key) {
  expects(key.size() == std::tuple_size_v<ed25519_public>, "an Ed25519 key has 256 bits");
  key_handle handle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, key.view().data(),
                                                 key.view().size()));
  if (!handle) throw std::runtime_error("OpenSSL could not read an Ed25519 private key");
  return handle;
}

}  // namespace

ed25519_public ed25519_public_of(secret const& private_key) {
  auto const handle = private_handle(private_key);
  ed25519_public result{};
  auto size = result.size();
  must(EVP_PKEY_get_raw_public_key(handle.get(), result.data(), &size),
       "compute an Ed25519 public key");
  return result;
}

ed25519_signature ed25519_sign(secret const& private_key, bytes_view message) {
  auto const handle = private_handle(private_key);
  auto const context = new_digest_context();
  ed25519_signature signature{};
  auto size = signature.size();
  must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, handle.get()),
       "start a signature");
  must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()),
       "sign");
  return signature;
}

bool ed25519_verify(ed25519_public const& signer, bytes_view message,
                    ed25519_signature const& signature) {
  key_handle const handle(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, signer.data(), signer.size()));
  if (!handle) throw std::runtime_error("OpenSSL could not read an Ed25519 public key");
  auto const context = new_digest_context();
  must(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()),
       "start to check a signature");
  bool const good = EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                     message.data(), message.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

}  // namespace intake::certs
