#include "certs/x25519.hpp"

#include "certs/expects.hpp"
#include "certs/openssl.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace intake::certs {
namespace {

using key_handle = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using derivation = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;

key_handle private_handle(secret const& key) {
  expects(key.size() == std::tuple_size_v<x25519_public>, "an X25519 key has 256 bits");
  key_handle handle(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, key.view().data(), key.view().size()));
  if (!handle) throw std::runtime_error("OpenSSL could not read an X25519 private key");
  return handle;
}

}  // namespace

x25519_public x25519_public_of(secret const& private_key) {
  auto const handle = private_handle(private_key);
  x25519_public result{};
  auto size = result.size();
  must(EVP_PKEY_get_raw_public_key(handle.get(), result.data(), &size),
       "compute an X25519 public key");
  return result;
}

secret x25519(secret const& mine, x25519_public const& theirs) {
  auto const own = private_handle(mine);
  key_handle const peer(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, theirs.data(), theirs.size()));
  derivation const context(EVP_PKEY_CTX_new(own.get(), nullptr));
  if (!peer || !context) throw std::runtime_error("OpenSSL could not read an X25519 public key");
  secret shared(theirs.size());
  auto size = shared.size();
  must(EVP_PKEY_derive_init(context.get()), "start X25519");
  must(EVP_PKEY_derive_set_peer(context.get(), peer.get()), "take an X25519 public key");
  must(EVP_PKEY_derive(context.get(), shared.writable().data(), &size), "agree on a key by X25519");
  return shared;
}

}  // namespace intake::certs
