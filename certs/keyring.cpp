#include "certs/keyring.hpp"

#include "certs/expects.hpp"
#include "certs/hkdf.hpp"

#include <string>
#include <string_view>

namespace intake::certs {
namespace {

constexpr std::size_t role_key_bytes = 32;

// These names are part of every key: changing one orphans all that was hashed with it.
constexpr std::array<std::string_view, key_role_count> role_names = {
    "blind surname+birth-date",
    "blind birth-date",
    "blind phone",
    "blind phone-last-four",
    "blind name-prefix",
    "blind member-id",
    "body hash",
    "record hash",
    "document hash",
    "session hash",
    "token signing",
    "audit head",
    "backup recipient",
    "backup manifest",
    "audit signing",
    "one-time codes",
};

}  // namespace

keyring::keyring(secret const& index_root) {
  expects(index_root.size() == role_key_bytes, "the index root has 256 bits");
  auto const root = hkdf_extract({}, index_root.view());
  for (std::size_t i = 0; i < key_role_count; ++i) {
    auto const info = "intake keyring 1 " + std::string(role_names[i]);
    keys_[i] = hkdf_expand(root.view(), as_bytes(info), role_key_bytes);
  }
}

hash256 keyring::keyed_hash(key_role role, bytes_view data) const {
  return hmac_sha256(key(role).view(), data);
}

}  // namespace intake::certs
