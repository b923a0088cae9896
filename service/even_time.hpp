#pragma once
#include <chrono>
#include <thread>

namespace intake::service {

/// Holds an answer back until it has taken as long as any other: whether a code exists must not
/// show in its time. Longer than the dearest of them takes on a machine that is not overloaded.
class even_time {
 public:
  static constexpr std::chrono::milliseconds floor{80};

  even_time() : until_(std::chrono::steady_clock::now() + floor) {}
  ~even_time() { std::this_thread::sleep_until(until_); }
  even_time(even_time const&) = delete;
  even_time& operator=(even_time const&) = delete;

 private:
  std::chrono::steady_clock::time_point until_;
};

}  // namespace intake::service
