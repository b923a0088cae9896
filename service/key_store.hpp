#pragma once
#include "certs/key_set.hpp"
#include "certs/keyring.hpp"
#include "service/config.hpp"

#include <memory>
#include <string>

namespace intake::service {

/// What opens a key file beside the file itself. A service that runs keeps it, to read the file
/// again.
struct key_unlocks {
  certs::secret passphrase;  ///< empty: the file is not sealed under one
  std::shared_ptr<certs::pkcs11_token const> token;
};

struct opened_keys {
  certs::key_set set;
  key_unlocks unlocks;
};

/// The key file of the configuration: asks for the passphrase where it is sealed, and for the
/// token's PIN where one holds its keys, unless a file or `known` has them. Throws
/// std::runtime_error or command_failed with a sentence.
opened_keys open_keys(config const&, key_unlocks const* known = nullptr);

/// A key set as commands use it: the keys themselves, what is derived from them, what unwraps.
struct key_store {
  explicit key_store(opened_keys);

  certs::key_set set;
  key_unlocks unlocks;
  certs::keyring ring;
  certs::key_set_provider keks;
};

/// The key file of the configuration. Throws command_failed (usage) with what is wrong.
key_store read_keys(config const&);

/// Another key file, or an escrow sheet as somebody typed it in. Throws command_failed (usage) with
/// the line that is wrong.
key_store read_keys_from(config const&, std::string const& file);

/// The token of the configuration, logged in to; null where it names none.
std::shared_ptr<certs::pkcs11_token const> open_token(config const&);

/// Where the next KEK is made: in the token where the configuration names one.
certs::kek_home home_of_new_keks(config const&);

/// Writes the key file anew, sealed as it was. Throws std::runtime_error.
void save_keys(config const&, certs::world const&, certs::key_set&, key_unlocks const&);
/// The same for one that is not there yet.
void create_keys(config const&, certs::world const&, certs::key_set&, key_unlocks const&);

}  // namespace intake::service
