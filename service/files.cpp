#include "service/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace intake::service {
namespace {

[[noreturn]] void fail(std::string_view what, std::string const& path) {
  throw std::runtime_error(std::string(what) + " " + path + ": " + std::strerror(errno));
}

class descriptor {
 public:
  explicit descriptor(int fd) : fd_(fd) {}
  ~descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  descriptor(descriptor const&) = delete;
  descriptor& operator=(descriptor const&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string read_all(int opened, std::string const& path) {
  descriptor const file(opened);
  if (file.get() < 0) fail("can't read", path);
  std::string text;
  char block[65536];
  for (;;) {
    auto const got = ::read(file.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("can't read", path);
    if (got == 0) return text;
    text.append(block, static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string read_file(std::string const& path) {
  return read_all(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
}

std::string read_input(std::string const& path) {
  if (path != "-") return read_file(path);
  return read_all(::dup(STDIN_FILENO), "the standard input");
}

std::vector<named_file> read_folder(std::string const& folder, std::string_view ending) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) throw std::runtime_error("can't read the folder " + folder + ": " + error.message());
  std::vector<named_file> files;
  for (auto const& entry : entries) {
    auto const name = entry.path().filename().string();
    if (!entry.is_regular_file() || !name.ends_with(ending)) continue;
    files.push_back({name, read_file(entry.path().string())});
  }
  std::ranges::sort(files, {}, &named_file::name);
  return files;
}

}  // namespace intake::service
