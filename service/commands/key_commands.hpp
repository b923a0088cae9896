#pragma once
#include "service/commands/commands.hpp"

#include <string>

namespace intake::service::commands {

struct key_passphrase_options {
  /// Its first line is the new passphrase; empty: it is typed twice.
  std::string new_file;
  bool remove = false;
};
/// Puts the key file under a passphrase, or another one, or none.
exit_code key_passphrase(surroundings const&, config const&, key_passphrase_options const&);

/// Every key, its state and how many data keys it wraps.
exit_code key_list(surroundings const&, config const&);

struct key_rotate_options {
  /// Data keys a second; 0: as fast as it goes.
  int rows_per_second = 2000;
};
/// Takes the next step of a rotation and says which one follows: a new key that all can read, the
/// switch to it, the re-wrapping of what is stored. Called again after an end of any kind it goes
/// on where it was.
exit_code key_rotate(surroundings const&, config const&, key_rotate_options const&);

struct key_retire_options {
  std::string id;
};
/// Removes a key from the key file once no row and no backup that is kept needs it.
exit_code key_retire(surroundings const&, config const&, key_retire_options const&);

struct key_verify_options {
  /// An escrow sheet as it was typed in; empty: none is compared.
  std::string sheet;
};
/// Opens every data key there is and proves that no two are the same; with a sheet, that the sheet
/// brings back exactly the key file. 1: it does not.
exit_code key_verify(surroundings const&, config const&, key_verify_options const&);

}  // namespace intake::service::commands
