#pragma once
#include <string>

#include <sys/types.h>

namespace intake::tests {

/// The simulated clearinghouse as a process of its own, on a free port of 127.0.0.1, with a
/// certificate of a development authority in the folder; ends with this object.
class simulator {
 public:
  /// `script` as tests/support/clearinghouse/simulator.mjs reads it. Throws where node is missing
  /// or the program does not come up; `arguments` go to it as they are.
  simulator(std::string const& folder, std::string const& script, std::string arguments = {});
  ~simulator();
  simulator(simulator const&) = delete;
  simulator& operator=(simulator const&) = delete;

  static bool can_run();
  std::string url() const { return "https://localhost:" + port_ + "/core"; }
  std::string authority_file() const { return folder_ + "/ca.crt"; }

 private:
  std::string folder_;
  std::string port_;
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace intake::tests
