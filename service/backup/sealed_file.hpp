#pragma once
#include "certs/running_digest.hpp"
#include "certs/sealed_box.hpp"
#include "service/backup/manifest.hpp"

#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace intake::service::backup {

/// A file of a backup that is not as its list of contents says, or does not open.
class archive_damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file of a backup while it is written: sealed, hashed, counted. Throws std::runtime_error with
/// the file's name and the system's reason.
class sealed_file {
 public:
  sealed_file(certs::world const&, certs::x25519_public const& recipient, std::string const& folder,
              std::string name);
  sealed_file(sealed_file const&) = delete;
  sealed_file& operator=(sealed_file const&) = delete;

  void write(certs::bytes_view content) { sealer_->write(content); }
  /// On the disk, not only on its way there.
  stored_file finish();

 private:
  void put(certs::bytes_view sealed);
  [[noreturn]] void fail() const;

  std::string path_;
  stored_file made_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out_;
  certs::running_sha256 digest_;
  std::unique_ptr<certs::box_sealer> sealer_;
};

/// Opens a file of a backup, a piece at a time. What reaches `out` was authenticated; that it is
/// the file that the list names is known when the call returns. Throws archive_damaged.
void open_sealed_file(std::string const& folder, stored_file const&,
                      certs::secret const& recipient_key, certs::byte_sink const& out);

/// So that a folder's entries survive a power cut. Throws std::runtime_error.
void sync_folder(std::string const& folder);

}  // namespace intake::service::backup
