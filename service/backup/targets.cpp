#include "service/backup/targets.hpp"

#include "service/commands/exit_code.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace intake::service::backup {
namespace {

namespace fs = std::filesystem;

/// The folders that are made for the trial go again, the deepest first.
class made_folders {
 public:
  explicit made_folders(fs::path const& wanted) {
    for (auto each = wanted; !each.empty() && !fs::exists(each); each = each.parent_path()) {
      missing_.push_back(each);
    }
    fs::create_directories(wanted);
  }
  ~made_folders() {
    std::error_code ignored;
    for (auto const& each : missing_) fs::remove(each, ignored);
  }
  made_folders(made_folders const&) = delete;
  made_folders& operator=(made_folders const&) = delete;

 private:
  std::vector<fs::path> missing_;
};

void try_one_file(fs::path const& folder) {
  auto name = (folder / ".intake-XXXXXX").string();
  int const file = ::mkostemp(name.data(), O_CLOEXEC);
  bool const written = file >= 0 && ::write(file, "\n", 1) == 1;
  auto const reason = errno;
  if (file >= 0) {
    ::close(file);
    ::unlink(name.c_str());
  }
  if (!written) throw fs::filesystem_error(folder.string(), {reason, std::generic_category()});
}

}  // namespace

void require_can_write(std::string const& folder, std::string const& what_for) {
  auto const whole = (fs::absolute(folder) / "").lexically_normal().parent_path();
  try {
    made_folders const trial(whole);
    try_one_file(whole);
  } catch (fs::filesystem_error const& failed) {
    throw command_failed(exit_code::usage,
                         "can't write into " + whole.string() + ": " + failed.code().message(),
                         what_for + "; nothing was written");
  }
}

}  // namespace intake::service::backup
