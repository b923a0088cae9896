#pragma once
#include <cstddef>

namespace intake::service::worker {

struct sandbox_limits {
  /// Address space, in bytes; not held in sanitized builds, which reserve terabytes.
  std::size_t memory_bytes_max = 0;
};

/// Gives up for good, in a process of one thread: no files, no sockets, no new processes, no
/// signals to others, no core dump; what is left is memory and the descriptors that are open.
/// Closes every descriptor above standard error first. Throws std::runtime_error where the kernel
/// does not do it.
void enter_sandbox(sandbox_limits const&);

}  // namespace intake::service::worker
