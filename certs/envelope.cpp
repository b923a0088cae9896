#include "certs/envelope.hpp"

#include "certs/expects.hpp"
#include "certs/hkdf.hpp"
#include "certs/openssl.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include <openssl/err.h>

namespace intake::certs {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::size_t name_bytes_max = 1024;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t gcm_key_bytes = 32;
constexpr std::size_t content_offset = 1 + nonce_bytes;
static_assert(content_offset + tag_bytes == sealed_overhead_bytes);

enum class direction { decrypt = 0, encrypt = 1 };

void append_number(bytes& out, std::uint64_t number, std::size_t width_bytes) {
  for (auto shift = 8 * width_bytes; shift > 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(number >> (shift - 8)));
  }
}

void append_name(bytes& out, std::string_view name) {
  if (name.size() > name_bytes_max) throw std::length_error("a bound name exceeds 1,024 bytes");
  append_number(out, name.size(), 2);
  auto const text = as_bytes(name);
  out.insert(out.end(), text.begin(), text.end());
}

// Record id, version and part, each of fixed width.
void append_part_place(bytes& out, binding const& place, part_name part) {
  out.insert(out.end(), place.record.value.begin(), place.record.value.end());
  append_number(out, place.version, 4);
  append_number(out, static_cast<std::uint8_t>(part.kind), 1);
  append_number(out, part.number, 2);
}

bytes additional_data(binding const& place, part_name part) {
  bytes data;
  data.reserve(32 + place.table.size() + place.form.size());
  append_number(data, format_version, 1);
  append_part_place(data, place, part);
  append_name(data, place.table);
  append_name(data, place.form);
  return data;
}

secret part_key(version_key const& key, binding const& place, part_name part) {
  constexpr std::string_view purpose = "intake part 1";
  auto const prefix = as_bytes(purpose);
  bytes info(prefix.begin(), prefix.end());
  append_part_place(info, place, part);
  return hkdf_expand(key.root().view(), info, gcm_key_bytes);
}

cipher_context start(secret const& key, bytes_view nonce, bytes_view data, direction way) {
  auto context = new_cipher_context();
  must(EVP_CipherInit_ex2(context.get(), aes_256_gcm(), key.view().data(), nonce.data(),
                          static_cast<int>(way), nullptr),
       "start AES-256-GCM");
  int written = 0;
  must(EVP_CipherUpdate(context.get(), nullptr, &written, data.data(),
                        static_cast<int>(data.size())),
       "bind the additional data");
  return context;
}

sealed seal_part(version_key const& key, binding const& place, plain_part const& part,
                 bytes_view nonce) {
  if (part.content.size() > part_bytes_max) throw std::length_error("a part exceeds 64 MiB");
  sealed result{bytes(part.content.size() + sealed_overhead_bytes)};
  auto const out = std::span(result.value);
  out[0] = format_version;
  std::ranges::copy(nonce, out.begin() + 1);
  auto const context = start(part_key(key, place, part.name), nonce,
                             additional_data(place, part.name), direction::encrypt);
  auto* const content = out.subspan(content_offset).data();
  int written = 0;
  must(EVP_CipherUpdate(context.get(), content, &written, part.content.data(),
                        static_cast<int>(part.content.size())),
       "encrypt a part");
  must(EVP_CipherFinal_ex(context.get(), content + written, &written), "encrypt a part");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                           out.last(tag_bytes).data()),
       "authenticate a part");
  return result;
}

void expect_distinct_names(std::span<plain_part const> parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto const rest = parts.subspan(i + 1);
    expects(std::ranges::find(rest, parts[i].name, &plain_part::name) == rest.end(),
            "each part key encrypts once: part names are distinct");
  }
}

open_error as_open_error(unwrap_error error) {
  return error == unwrap_error::unknown_kek ? open_error::unknown_kek
                                            : open_error::key_not_authentic;
}

}  // namespace

version_key::version_key(secret const& dek) : root_(hkdf_extract({}, dek.view())) {}

sealed_version seal(world const& w, kek_provider const& keks, binding const& place,
                    std::span<plain_part const> parts) {
  expect_distinct_names(parts);
  auto const dek = secret::random(w, dek_bytes);
  bytes nonces(parts.size() * nonce_bytes);
  w.random(nonces);
  version_key const key(dek);
  sealed_version result;
  result.parts.reserve(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto const nonce = bytes_view(nonces).subspan(i * nonce_bytes, nonce_bytes);
    result.parts.push_back({parts[i].name, seal_part(key, place, parts[i], nonce)});
  }
  result.key = keks.wrap(dek);
  return result;
}

boost::system::result<version_key, open_error> unlock(kek_provider const& keks,
                                                      wrapped_key const& wrapped) {
  auto const dek = keks.unwrap(wrapped);
  if (!dek) return as_open_error(dek.error());
  if (dek->size() != dek_bytes) return open_error::key_not_authentic;
  return version_key(*dek);
}

boost::system::result<wiped_bytes, open_error> open(version_key const& key, binding const& place,
                                                    part_name part, bytes_view sealed_content) {
  if (sealed_content.size() < sealed_overhead_bytes ||
      sealed_content.size() > part_bytes_max + sealed_overhead_bytes ||
      sealed_content[0] != format_version) {
    return open_error::unknown_format;
  }
  auto const nonce = sealed_content.subspan(1, nonce_bytes);
  auto const encrypted =
      sealed_content.subspan(content_offset, sealed_content.size() - sealed_overhead_bytes);
  std::array<std::uint8_t, tag_bytes> tag{};
  std::ranges::copy(sealed_content.last(tag_bytes), tag.begin());

  auto const context =
      start(part_key(key, place, part), nonce, additional_data(place, part), direction::decrypt);
  wiped_bytes content(encrypted.size());
  int written = 0;
  must(EVP_CipherUpdate(context.get(), content.data(), &written, encrypted.data(),
                        static_cast<int>(encrypted.size())),
       "decrypt a part");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()),
       "check a part");
  if (EVP_CipherFinal_ex(context.get(), content.data() + written, &written) != 1) {
    ERR_clear_error();
    return open_error::content_not_authentic;
  }
  return content;
}

boost::system::result<wiped_bytes, open_error> open(kek_provider const& keks,
                                                    wrapped_key const& wrapped,
                                                    binding const& place, part_name part,
                                                    bytes_view sealed_content) {
  auto const key = unlock(keks, wrapped);
  if (!key) return key.error();
  return open(*key, place, part, sealed_content);
}

boost::system::result<wrapped_key, open_error> rewrap(kek_provider const& keks,
                                                      wrapped_key const& wrapped) {
  auto const dek = keks.unwrap(wrapped);
  if (!dek) return as_open_error(dek.error());
  return keks.wrap(*dek);
}

std::string_view sentence(open_error error) {
  switch (error) {
    case open_error::unknown_kek:
      return "the key-encryption key of this record is not in the key file";
    case open_error::key_not_authentic:
      return "the data key of this record was changed or belongs to another key file";
    case open_error::unknown_format:
      return "the stored content is cut short or of an unknown format";
    case open_error::content_not_authentic:
      return "the stored content was changed, or moved here from another record";
  }
  return "the record does not open";
}

void throw_exception_from_error(open_error error, boost::source_location const&) {
  throw std::runtime_error(std::string(sentence(error)));
}

}  // namespace intake::certs
