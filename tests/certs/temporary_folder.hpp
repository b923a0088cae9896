#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

namespace intake::certs {

/// A folder of its own for one test, removed with it.
class temporary_folder {
 public:
  temporary_folder() {
    auto name = (std::filesystem::temp_directory_path() / "intake-certs-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;
  ~temporary_folder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }

  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace intake::certs
