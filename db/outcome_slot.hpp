#pragma once
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>

#include <semaphore.h>
#include <time.h>

namespace intake::db {

/// A value that one thread gives once and another waits for, until a moment.
///
/// std::future asks the kernel four times for this, and with addresses that it must look up; a
/// semaphore asks twice.
template <typename Value>
class outcome_slot {
 public:
  outcome_slot() { ::sem_init(&posted_, 0, 0); }
  ~outcome_slot() { ::sem_destroy(&posted_); }
  outcome_slot(outcome_slot const&) = delete;
  outcome_slot& operator=(outcome_slot const&) = delete;

  /// At most once.
  void give(Value value) {
    value_.emplace(std::move(value));
    given_.store(true, std::memory_order_release);
    ::sem_post(&posted_);
  }

  /// The value, which leaves the slot; nothing where none was given in time.
  std::optional<Value> wait_until(std::chrono::steady_clock::time_point deadline) {
    auto const since_boot = std::max(deadline.time_since_epoch(), std::chrono::nanoseconds{0});
    auto const seconds = std::chrono::floor<std::chrono::seconds>(since_boot);
    timespec const end{seconds.count(), (since_boot - seconds).count()};
    while (!given_.load(std::memory_order_acquire)) {
      if (::sem_clockwait(&posted_, CLOCK_MONOTONIC, &end) != 0 && errno == ETIMEDOUT) break;
    }
    if (!given_.load(std::memory_order_acquire)) return std::nullopt;
    return std::exchange(value_, std::nullopt);
  }

 private:
  sem_t posted_{};
  std::atomic<bool> given_{false};
  std::optional<Value> value_;
};

}  // namespace intake::db
