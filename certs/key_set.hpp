#pragma once
#include "certs/kek.hpp"
#include "certs/pkcs11_token.hpp"
#include "certs/secret.hpp"
#include "certs/uuid.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// All long-lived keys of an installation, as a key file or an escrow sheet carries them.
namespace intake::certs {

constexpr std::size_t keks_max = 64;
constexpr std::size_t key_bytes = 32;

enum class kek_state {
  current,      ///< wraps new data keys; exactly one KEK is
  decrypt_only  ///< not yet switched to, or rotated away from
};

enum class kek_home {
  key_file,
  token  ///< the key file names it, a hardware token holds it
};

struct kek {
  std::string id;  ///< 1 to 40 of a-z, 0-9 and '-'
  kek_state state = kek_state::decrypt_only;
  std::chrono::sys_seconds created{};
  secret key;  ///< empty where a token holds it
  kek_home home = kek_home::key_file;
};

struct key_set {
  std::vector<kek> keks;
  /// The one input of the keyring; never rotated, or no search would find older rows.
  secret index_root;
  /// The same under a KEK of a token, as the key file has it where the current KEK lies in one;
  /// `value` is empty where it does not.
  wrapped_key wrapped_root{};
};

enum class key_use {
  clinic,
  evaluation  ///< its KEK ids begin with "eval-", so that production can refuse them
};

/// A fresh installation: one current KEK and an index root. With kek_home::token the KEK is a name
/// that the caller makes a key for.
key_set new_key_set(world const& w, key_use use = key_use::clinic,
                    kek_home home = kek_home::key_file);

bool is_evaluation_kek(std::string_view id);

/// The first step of a rotation: a new KEK that every instance can read before any wraps with it,
/// for the same use as the current one. Returns its id. Throws std::length_error beyond `keks_max`.
std::string add_kek(key_set& keys, world const& w, kek_home home = kek_home::key_file);

enum class kek_change {
  done,
  unknown_kek,
  kek_is_current  ///< the current KEK cannot be removed
};

/// The switch: `id` becomes current, the others decrypt-only.
kek_change make_current(key_set& keys, std::string_view id);

/// The end: only when no row and no backup is under `id` any more.
kek_change remove_kek(key_set& keys, std::string_view id);

kek const* find_kek(key_set const& keys, std::string_view id);

/// What breaks a key set, in a sentence without key material; empty when it is whole. One whose
/// index root is still wrapped is whole.
std::string_view flaw_of(key_set const& keys);

/// Whether the current KEK, which new data keys are wrapped with, lies in a token.
bool wraps_in_token(key_set const& keys);
bool any_in_token(key_set const& keys);

/// Opens `wrapped_root` where the index root is not open yet. Throws std::runtime_error where the
/// token has no such key, or another.
void open_index_root(key_set& keys, pkcs11_token const& token);

/// Puts `wrapped_root` under the current KEK, or takes it away where that is no token's; before a
/// key file is written.
void wrap_index_root(key_set& keys, pkcs11_token const* token);

/// Wraps and unwraps with the KEKs of a set: those of the file in memory, those of a token in it.
/// Throws std::invalid_argument when the set has a flaw, or names a token's KEK and there is none.
class key_set_provider final : public kek_provider {
 public:
  explicit key_set_provider(std::vector<kek> keks,
                            std::shared_ptr<pkcs11_token const> token = nullptr);

  wrapped_key wrap(secret const& dek) const override;
  boost::system::result<secret, unwrap_error> unwrap(wrapped_key const& wrapped) const override;
  std::string current_id() const override;

 private:
  std::vector<kek> keks_;
  std::shared_ptr<pkcs11_token const> token_;
  kek const* current_;
};

}  // namespace intake::certs
