#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Messages over a pipe: a length of four bytes in the machine's order, then so many bytes. Both
/// ends are the same program on the same machine.
namespace intake::service::worker {

using deadline = std::chrono::steady_clock::time_point;

/// For the child, which waits as long as it is left waiting.
inline constexpr deadline no_deadline = deadline::max();

/// False when the other end is gone or the deadline has passed.
bool write_frame(int descriptor, std::string_view bytes, deadline until);

/// Nothing when the other end is gone, sends more than `bytes_max`, or the deadline has passed.
std::optional<std::string> read_frame(int descriptor, std::size_t bytes_max, deadline until);

}  // namespace intake::service::worker
