#pragma once
#include <array>
#include <cstdint>

namespace intake::service {

/// Why a connection was not taken or was cut.
enum class cut_reason {
  connections_full,
  address_full,
  handshake_failed,
  handshake_late,
  head_late,
  body_late,
  write_late,
  gate_refused,
  drained,
};
inline constexpr std::size_t cut_reasons = 9;

/// Upper bounds of the latency histogram in microseconds; one more bucket takes what is slower.
inline constexpr std::array<std::uint32_t, 13> latency_bounds_us{
    250,    500,     1'000,   2'500,   5'000,     10'000,   25'000,
    50'000, 100'000, 250'000, 500'000, 1'000'000, 5'000'000};

/// What a server has done since it started; counters only grow, gauges say so.
struct server_stats {
  std::uint64_t connections_accepted = 0;
  /// Gauge.
  std::uint64_t connections_open = 0;
  std::array<std::uint64_t, cut_reasons> cut{};
  std::uint64_t requests = 0;
  /// By status code - 100; statuses lie in 100..599.
  std::array<std::uint64_t, 500> by_status{};
  /// From the last byte of the request to the last byte of the response handed to the kernel. Not
  /// cumulative.
  std::array<std::uint64_t, latency_bounds_us.size() + 1> latency{};
  std::uint64_t latency_sum_us = 0;
  std::uint64_t body_bytes_in = 0;
  std::uint64_t bytes_out = 0;
  /// Gauges of the worker pool.
  std::uint64_t workers_busy = 0;
  std::uint64_t workers = 0;
  std::uint64_t queue_depth = 0;
};

}  // namespace intake::service
