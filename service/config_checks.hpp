#pragma once
#include "service/config.hpp"

#include <string>
#include <vector>

namespace intake::service {

/// What single settings can't tell: words that are none of theirs, and settings that do not go
/// together. Adds to the problems.
void check_settings(config const&, std::string const& file_name, std::vector<config_problem>&);

}  // namespace intake::service
