#pragma once
#include "certs/key_set.hpp"
#include "certs/keyring.hpp"
#include "service/backup/make.hpp"
#include "service/backup/manifest.hpp"
#include "service/backup/sealed_file.hpp"

#include <string>

namespace intake::service::backup {

/// A finished backup with the keys that open it.
class archive {
 public:
  /// Reads the list of contents. Throws command_failed (input_bad) where the folder holds no
  /// finished backup, or the keys are not those of its installation.
  archive(std::string folder, certs::key_set const&, certs::keyring const&);

  manifest const& contents() const { return contents_; }
  /// SHA-256 of the list of contents: the backup's name in the records.
  certs::hash256 const& name() const { return name_; }

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
  manifest contents_;
  certs::hash256 name_{};
};

}  // namespace intake::service::backup
