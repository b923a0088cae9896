#pragma once
#include "service/http/sockets.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace intake::service {

/// A connection's one deadline timer.
///
/// Moving a deadline costs no system call: the timer ticks at the shortest interval that is ever
/// set and looks where the deadline is by then, so only a deadline nearer than a tick arms it anew.
class watchdog {
 public:
  watchdog(executor const& where, std::chrono::milliseconds tick) : timer_(where), tick_(tick) {}

  /// `expired` is called on the timer's thread at each deadline that passes, as long as `owner`
  /// lives. It is called again a tick later unless the deadline was moved.
  void start(std::weak_ptr<void> owner, std::function<void()> expired) {
    owner_ = std::move(owner);
    expired_ = std::move(expired);
    arm(steady::now());
  }

  void allow(std::chrono::milliseconds time) { allow_until(steady::now() + time); }
  void allow_until(steady::time_point deadline) {
    deadline_ = deadline;
    if (deadline < armed_until_) arm(steady::now());
  }
  void rest() { deadline_ = steady::time_point::max(); }

 private:
  void arm(steady::time_point now) {
    armed_until_ = std::min(deadline_, now + tick_);
    timer_.expires_at(armed_until_);
    timer_.async_wait([this, owner = owner_](error_code error) {
      if (error) return;
      if (auto const alive = owner.lock()) tick();
    });
  }
  void tick() {
    auto const now = steady::now();
    bool const late = now >= deadline_;
    if (late) deadline_ = now + tick_;
    arm(now);
    if (late) expired_();
  }

  steady_timer timer_;
  std::chrono::milliseconds tick_;
  std::weak_ptr<void> owner_;
  std::function<void()> expired_;
  steady::time_point deadline_ = steady::time_point::max();
  steady::time_point armed_until_ = steady::time_point::max();
};

}  // namespace intake::service
