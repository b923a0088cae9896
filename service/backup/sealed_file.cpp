#include "service/backup/sealed_file.hpp"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace intake::service::backup {
namespace {

constexpr std::size_t block_bytes = 1 << 20;
using open_file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string reason() {
  return std::strerror(errno);
}

}  // namespace

sealed_file::sealed_file(certs::world const& world, certs::x25519_public const& recipient,
                         std::string const& folder, std::string name)
    : path_(folder + "/" + name),
      made_{std::move(name), 0, {}},
      out_(std::fopen(path_.c_str(), "wbe"), &std::fclose) {
  if (!out_) fail();
  sealer_ = std::make_unique<certs::box_sealer>(world, recipient, made_.name,
                                                [this](certs::bytes_view sealed) { put(sealed); });
}

void sealed_file::fail() const {
  throw std::runtime_error("can't write " + path_ + ": " + reason());
}

void sealed_file::put(certs::bytes_view sealed) {
  digest_.add(sealed);
  made_.bytes += sealed.size();
  if (std::fwrite(sealed.data(), 1, sealed.size(), out_.get()) != sealed.size()) fail();
}

stored_file sealed_file::finish() {
  sealer_->finish();
  made_.sha256 = digest_.end();
  if (std::fflush(out_.get()) != 0 || ::fsync(::fileno(out_.get())) != 0) fail();
  return made_;
}

void open_sealed_file(std::string const& folder, stored_file const& file,
                      certs::secret const& recipient_key, certs::byte_sink const& out) {
  auto const path = folder + "/" + file.name;
  open_file const in(std::fopen(path.c_str(), "rbe"), &std::fclose);
  if (!in) throw archive_damaged("can't read " + path + ": " + reason());
  certs::running_sha256 digest;
  certs::box_opener opener(recipient_key, file.name, out);
  std::vector<std::uint8_t> block(block_bytes);
  std::uint64_t bytes = 0;
  try {
    while (auto const got = std::fread(block.data(), 1, block.size(), in.get())) {
      certs::bytes_view const some(block.data(), got);
      digest.add(some);
      bytes += got;
      opener.write(some);
    }
    opener.finish();
  } catch (certs::box_damaged const& damage) {
    throw archive_damaged(path + " does not open: " + damage.what());
  }
  if (bytes != file.bytes || digest.end() != file.sha256) {
    throw archive_damaged(path + " is not the file that the backup's list of contents names");
  }
}

void sync_folder(std::string const& folder) {
  int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  auto const why = reason();
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) throw std::runtime_error("can't sync " + folder + ": " + why);
}

}  // namespace intake::service::backup
