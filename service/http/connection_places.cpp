#include "service/http/connection_places.hpp"

#include <algorithm>

namespace intake::service {

using time_point = std::chrono::steady_clock::time_point;

void connection_places::refill(network& one, time_point now) const {
  auto const passed = std::chrono::duration<double>(now - one.filled).count();
  auto const more = passed * static_cast<double>(most_.per_second_per_address);
  one.left = std::min(static_cast<double>(most_.burst_per_address), one.left + more);
  one.filled = now;
}

/// Those that have nothing open and could open all that anybody may at once.
void connection_places::forget_quiet_ones(time_point now) {
  std::erase_if(per_network_, [&](auto const& each) {
    auto one = each.second;
    refill(one, now);
    return one.open == 0 && one.left >= static_cast<double>(most_.burst_per_address);
  });
}

connection_places::answer connection_places::take(ip_address const& address, peer_kind kind,
                                                  time_point now) {
  std::lock_guard const lock(mutex_);
  if (open_ >= most_.in_all) return answer::full;
  if (kind == peer_kind::client) {
    // As many as can be open at once are remembered, and as many again that were.
    if (per_network_.size() >= 2 * most_.in_all) forget_quiet_ones(now);
    auto const [found, is_new] = per_network_.try_emplace(address.client_network());
    auto& one = found->second;
    if (is_new) one = {0, static_cast<double>(most_.burst_per_address), now};
    refill(one, now);
    if (one.open >= most_.per_address || one.left < 1) return answer::address_full;
    one.left -= 1;
    ++one.open;
  }
  ++open_;
  return answer::taken;
}

void connection_places::give_back(ip_address const& address, peer_kind kind) {
  std::lock_guard const lock(mutex_);
  if (kind == peer_kind::client) --per_network_.find(address.client_network())->second.open;
  if (--open_ == 0) emptied_.notify_all();
}

std::size_t connection_places::open() const {
  std::lock_guard const lock(mutex_);
  return open_;
}

bool connection_places::wait_until_empty(time_point until) const {
  std::unique_lock lock(mutex_);
  return emptied_.wait_until(lock, until, [&] { return open_ == 0; });
}

}  // namespace intake::service
