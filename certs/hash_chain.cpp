#include "certs/hash_chain.hpp"

#include "certs/openssl.hpp"
#include "certs/secret.hpp"

#include <algorithm>

namespace intake::certs {
namespace {

constexpr std::size_t hash_block_bytes = 64;
using hash_block = std::array<std::uint8_t, hash_block_bytes>;
using big_endian_64 = std::array<std::uint8_t, 8>;

void start(EVP_MD_CTX* context) {
  must(EVP_DigestInit_ex2(context, sha_256(), nullptr), "start a SHA-256 digest");
}

void add(EVP_MD_CTX* context, bytes_view data) {
  must(EVP_DigestUpdate(context, data.data(), data.size()), "compute a SHA-256 digest");
}

hash256 finish(EVP_MD_CTX* context) {
  hash256 result{};
  must(EVP_DigestFinal_ex(context, result.data(), nullptr), "finish a SHA-256 digest");
  return result;
}

big_endian_64 big_endian(std::uint64_t number) {
  big_endian_64 result{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  }
  return result;
}

void add_field(EVP_MD_CTX* context, bytes_view field) {
  add(context, big_endian(field.size()));
  add(context, field);
}

hash_block padded_with(hash_block key, std::uint8_t pad) {
  for (auto& byte : key) byte ^= pad;
  return key;
}

}  // namespace

hash256 sha256(bytes_view data) {
  auto const context = new_digest_context();
  start(context.get());
  add(context.get(), data);
  return finish(context.get());
}

// RFC 2104 2 on one digest context: libcrypto's HMAC() looks its digest up anew for every call.
hash256 hmac_sha256(bytes_view key, bytes_view data) {
  auto const context = new_digest_context();
  hash_block block{};
  if (key.size() > hash_block_bytes) {
    std::ranges::copy(sha256(key), block.begin());
  } else {
    std::ranges::copy(key, block.begin());
  }
  auto pad = padded_with(block, 0x36);
  start(context.get());
  add(context.get(), pad);
  add(context.get(), data);
  auto const inner = finish(context.get());
  pad = padded_with(block, 0x5c);
  start(context.get());
  add(context.get(), pad);
  add(context.get(), inner);
  wipe(block);
  wipe(pad);
  return finish(context.get());
}

hash256 chain_link(hash256 const& previous, std::span<bytes_view const> fields) {
  auto const context = new_digest_context();
  start(context.get());
  add(context.get(), previous);
  for (auto const& field : fields) add_field(context.get(), field);
  return finish(context.get());
}

hash256 head_mac(bytes_view audit_head_key, chain_head const& head) {
  auto const sequence = big_endian(head.sequence);
  bytes message;
  for (auto const field : {as_bytes(head.instance), as_bytes(head.writer), bytes_view(sequence),
                           bytes_view(head.hash)}) {
    auto const length = big_endian(field.size());
    message.insert(message.end(), length.begin(), length.end());
    message.insert(message.end(), field.begin(), field.end());
  }
  return hmac_sha256(audit_head_key, message);
}

}  // namespace intake::certs
