#pragma once
#include "certs/uuid.hpp"

#include <string>
#include <vector>

namespace intake::service::tests {

/// How a command ended.
struct command_end {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs `intake ARGUMENTS` in this process, without an environment.
command_end run_command(std::vector<std::string> arguments);
/// The same in a world of the test's own.
command_end run_command(certs::world const&, std::vector<std::string> arguments);

}  // namespace intake::service::tests
