#pragma once
#include "certs/key_set.hpp"
#include "certs/keyring.hpp"
#include "service/backup/make.hpp"
#include "service/backup/manifest.hpp"
#include "service/backup/sealed_file.hpp"

#include <string>

namespace intake::service::backup {

/// What a finished backup says of itself, found to be this installation's and unchanged.
struct own_list {
  manifest contents;
  /// SHA-256 of the list of contents: the backup's name in the records.
  certs::hash256 name{};
};

/// Needs none of the keys that rows are under, so that a backup can be told by it when they are
/// gone. Throws command_failed (input_bad) where the folder holds no finished backup, or not one of
/// this installation.
own_list read_own_list(std::string const& folder, certs::keyring const&);

/// Throws command_failed (usage) where something is in that folder.
void require_new_folder(std::string const& folder);

/// A finished backup with the keys that open it.
class archive {
 public:
  /// Reads the list of contents. Throws command_failed (input_bad) where the folder holds no
  /// finished backup, or the keys are not those of its installation.
  archive(std::string folder, certs::key_set const&, certs::keyring const&);

  manifest const& contents() const { return list_.contents; }
  certs::hash256 const& name() const { return list_.name; }

  /// Opens every file to its end. Throws archive_damaged.
  void check(progress_report const&) const;
  /// Configuration, forms and rules alone.
  void check_files() const;
  /// Throws archive_damaged.
  void read(stored_file const&, certs::byte_sink const&) const;
  /// The file that holds a table. Throws archive_damaged where the list names none.
  stored_file const& file_of(db::snapshot_table const&) const;

  /// Writes configuration, forms and rules into a folder; nothing is overwritten. Throws
  /// command_failed (usage) where the folder is not empty.
  void unpack_files(std::string const& folder) const;

 private:
  std::string folder_;
  certs::secret const& recipient_key_;
  own_list list_;
};

}  // namespace intake::service::backup
