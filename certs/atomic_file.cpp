#include "certs/atomic_file.hpp"

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace intake::certs {
namespace {

using std::filesystem::path;

constexpr mode_t forbidden_to_others = S_IWGRP | S_IRWXO;
constexpr mode_t permission_bits = 07777;

[[noreturn]] void fail(std::string const& what, path const& file) {
  auto const reason = std::generic_category().message(errno);
  throw std::runtime_error("cannot " + what + " " + file.string() + ": " + reason);
}

class descriptor {
 public:
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor const&) = delete;
  descriptor& operator=(descriptor const&) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  bool ok() const { return number_ >= 0; }

 private:
  int number_;
};

class temporary_file {
 public:
  explicit temporary_file(path const& beside)
      : name_(beside.string() + ".new-XXXXXX"), file_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (!file_.ok()) fail("create a file beside", beside);
  }
  temporary_file(temporary_file const&) = delete;
  temporary_file& operator=(temporary_file const&) = delete;
  ~temporary_file() { ::unlink(name_.c_str()); }
  int get() const { return file_.get(); }
  char const* name() const { return name_.c_str(); }

 private:
  std::string name_;
  descriptor file_;
};

std::optional<struct stat> status_of(path const& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0) return status;
  if (errno != ENOENT) fail("look at", file);
  return std::nullopt;
}

void write_all(int file, bytes_view content, path const& target) {
  while (!content.empty()) {
    auto const written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", target);
    content = content.subspan(static_cast<std::size_t>(written));
  }
}

void set_owner_and_mode(int file, std::optional<struct stat> const& replaced, unsigned mode,
                        path const& target) {
  // A service that could read the old file must be able to read the new one.
  if (replaced && ::fchown(file, replaced->st_uid, replaced->st_gid) != 0) {
    fail("give its owner to the new", target);
  }
  auto const wanted = replaced ? replaced->st_mode & permission_bits : mode;
  if (::fchmod(file, wanted) != 0) fail("set the mode of", target);
}

void sync_folder(path const& file) {
  auto const parent = file.has_parent_path() ? file.parent_path() : path(".");
  descriptor const folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || ::fsync(folder.get()) != 0) fail("sync the folder of", file);
}

void refuse_other_readers(struct stat const& status, path const& file) {
  if ((status.st_mode & forbidden_to_others) == 0) return;
  throw std::runtime_error(file.string() +
                           " is open to others than its owner and group; run: chmod 600 " +
                           file.string());
}

wiped_bytes read_all(int file, std::size_t size_bytes, path const& name) {
  wiped_bytes content(size_bytes);
  std::size_t done = 0;
  while (done < content.size()) {
    auto const got = ::read(file, content.data() + done, content.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", name);
    if (got == 0) throw std::runtime_error(name.string() + " changed while it was read");
    done += static_cast<std::size_t>(got);
  }
  return content;
}

}  // namespace

void write_file_atomically(path const& target, bytes_view content, unsigned mode,
                           if_exists policy) {
  auto const existing = status_of(target);
  if (existing && policy == if_exists::refuse) {
    errno = EEXIST;
    fail("create", target);
  }
  temporary_file const file(target);
  set_owner_and_mode(file.get(), policy == if_exists::replace ? existing : std::nullopt, mode,
                     target);
  write_all(file.get(), content, target);
  if (::fsync(file.get()) != 0) fail("sync", target);
  // link() refuses a name that was taken meanwhile, rename() replaces it in one step.
  auto const moved = policy == if_exists::refuse ? ::link(file.name(), target.c_str())
                                                 : ::rename(file.name(), target.c_str());
  if (moved != 0) fail("create", target);
  sync_folder(target);
}

wiped_bytes read_small_file(path const& name, std::size_t bytes_max, readers allowed) {
  descriptor const file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file.ok()) fail("open", name);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) fail("look at", name);
  if (!S_ISREG(status.st_mode)) throw std::runtime_error(name.string() + " is not a regular file");
  if (allowed == readers::owner_and_group) refuse_other_readers(status, name);
  if (static_cast<std::size_t>(status.st_size) > bytes_max) {
    throw std::runtime_error(name.string() + " is larger than " + std::to_string(bytes_max) +
                             " bytes");
  }
  return read_all(file.get(), static_cast<std::size_t>(status.st_size), name);
}

}  // namespace intake::certs
