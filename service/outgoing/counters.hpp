#pragma once
#include <atomic>
#include <cstdint>

namespace intake::service::outgoing {

/// For /metrics.
struct counters {
  std::atomic<std::uint64_t> webhooks_delivered = 0;
  std::atomic<std::uint64_t> webhooks_failed = 0;
  std::atomic<std::uint64_t> files_written = 0;
  std::atomic<std::uint64_t> given_up = 0;
};

}  // namespace intake::service::outgoing
