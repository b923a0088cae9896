#pragma once
#include "service/config.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// What single settings can't tell: words that are none of theirs, and settings that do not go
/// together. Adds to the problems.
void check_settings(config const&, std::string const& file_name, std::vector<config_problem>&);

/// Whether plain http to it stays on this machine: "http://127.0.0.1:PORT/…", localhost or [::1].
bool is_loopback_url(std::string_view);

}  // namespace intake::service
