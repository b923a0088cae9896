#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// Runs a program of the operator's, given by its full path, with `input` (at most 60 KiB) as its
/// standard input. Throws std::runtime_error where it can't be started, is not done in time (then
/// it is killed), or ends with anything but 0.
void feed_command(std::vector<std::string> const& command, std::string_view input,
                  std::chrono::milliseconds time_max);

}  // namespace intake::service
