#pragma once
#include "certs/key_set.hpp"
#include "certs/keyring.hpp"

#include <string>

namespace intake::service {

/// A key set as commands use it: the keys themselves, what is derived from them, what unwraps.
struct key_store {
  explicit key_store(certs::key_set);

  certs::key_set set;
  certs::keyring ring;
  certs::key_set_provider keks;
};

/// From a key file, or from an escrow sheet as somebody typed it in. Throws command_failed
/// (usage) with the line that is wrong.
key_store read_keys(std::string const& file);

}  // namespace intake::service
