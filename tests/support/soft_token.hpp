#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace intake::tests {

/// A PKCS#11 token of software (SoftHSM2) for this process, with two tokens in it; removed when the
/// process ends.
class soft_token {
 public:
  static constexpr char const* label = "intake";
  static constexpr char const* other_label = "other";
  static constexpr char const* pin = "1234";

  /// The module, with its tokens made; empty where softhsm2 is not installed.
  static std::string module() {
    constexpr char const* library = "/usr/lib/softhsm/libsofthsm2.so";
    if (!std::filesystem::exists(library) || !std::filesystem::exists(tool)) return {};
    static soft_token const made;
    return library;
  }

  soft_token(soft_token const&) = delete;
  soft_token& operator=(soft_token const&) = delete;
  ~soft_token() { std::filesystem::remove_all(folder_); }

 private:
  static constexpr char const* tool = "/usr/bin/softhsm2-util";

  // SoftHSM2 looks for its settings once, where the environment says.
  soft_token() {
    auto name = (std::filesystem::temp_directory_path() / "intake-token-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    std::filesystem::create_directory(folder_ / "tokens");
    std::ofstream(folder_ / "softhsm2.conf")
        << "directories.tokendir = " << (folder_ / "tokens").string()
        << "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n";
    ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
    for (auto const* each : {label, other_label}) make(each);
  }

  static void make(std::string const& name) {
    auto const command = std::string(tool) + " --init-token --free --label " + name +
                         " --so-pin 5678 --pin " + pin + " >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("no token: " + command);
  }

  std::filesystem::path folder_;
};

}  // namespace intake::tests
