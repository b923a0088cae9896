#pragma once
#include "service/http/stats.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace intake::service {

/// A number that one thread counts up and others may read.
class counter {
 public:
  void add(std::uint64_t more = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  std::uint64_t read() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// What one socket thread counts; only that thread writes.
struct counters {
  counter accepted;
  std::array<counter, cut_reasons> cut;
  counter requests;
  std::array<counter, 500> by_status;
  std::array<counter, latency_bounds_us.size() + 1> latency;
  counter latency_sum_us;
  counter body_bytes_in;
  counter bytes_out;

  void count_cut(cut_reason reason) { cut[static_cast<std::size_t>(reason)].add(); }
  void count_answer(int status, std::chrono::microseconds took);
  void add_to(server_stats&) const;
};

}  // namespace intake::service
