#pragma once
#include "certs/hash_chain.hpp"
#include "certs/secret.hpp"

#include <array>
#include <cstddef>

namespace intake::certs {

/// What a derived key is for; one key is never used for two things.
enum class key_role {
  blind_surname_birth_date,
  blind_birth_date,
  blind_phone,
  blind_phone_last_four,
  blind_name_prefix,
  blind_member_id,
  body_hash,      ///< same id, same body? (design: a bare hash would confirm guessed answers)
  record_hash,    ///< the row as the audit chain names it
  document_hash,  ///< the bytes of a PDF or an export that left
  session_hash,   ///< session cookies as the database knows them
  token_signing,  ///< form tokens, submission ids, CSRF
  audit_head,
  backup_recipient,  ///< the private key of the X25519 pair that backups are sealed to
  backup_manifest,   ///< what a backup says it consists of
  audit_signing,     ///< the Ed25519 key that signs the audit chains' heads
  one_time_codes,    ///< recovery and set-up codes of staff, as the database knows them
};

constexpr std::size_t key_role_count = 16;

/// Keys derived from the index root: HKDF-SHA-256, info "intake keyring 1 <role>". Immutable, so
/// any number of threads may read it.
class keyring {
 public:
  explicit keyring(secret const& index_root);

  secret const& key(key_role role) const { return keys_[static_cast<std::size_t>(role)]; }

  /// HMAC-SHA-256 under the key of that role.
  hash256 keyed_hash(key_role role, bytes_view data) const;

 private:
  std::array<secret, key_role_count> keys_;
};

}  // namespace intake::certs
