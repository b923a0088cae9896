#pragma once
#include "service/commands/commands.hpp"

#include <map>
#include <string>
#include <vector>

namespace intake::service {

/// Parses the arguments (the program's name left out), runs the command and returns its exit code.
/// Every failure is one sentence on `err`, with a hint where there is one. `environment` holds what
/// may override the configuration.
int run_command_line(commands::surroundings const&, std::vector<std::string> arguments,
                     std::map<std::string, std::string> const& environment);

}  // namespace intake::service
