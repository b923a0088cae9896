#include "service/http/connection_places.hpp"

namespace intake::service {

connection_places::answer connection_places::take(ip_address const& address, peer_kind kind) {
  std::lock_guard const lock(mutex_);
  if (open_ >= max_) return answer::full;
  if (kind == peer_kind::client) {
    auto const network = per_network_.try_emplace(address.client_network()).first;
    if (network->second >= per_address_max_) return answer::address_full;
    ++network->second;
  }
  ++open_;
  return answer::taken;
}

void connection_places::give_back(ip_address const& address, peer_kind kind) {
  std::lock_guard const lock(mutex_);
  if (kind == peer_kind::client) {
    auto const network = per_network_.find(address.client_network());
    if (--network->second == 0) per_network_.erase(network);
  }
  if (--open_ == 0) emptied_.notify_all();
}

std::size_t connection_places::open() const {
  std::lock_guard const lock(mutex_);
  return open_;
}

bool connection_places::wait_until_empty(std::chrono::steady_clock::time_point until) const {
  std::unique_lock lock(mutex_);
  return emptied_.wait_until(lock, until, [&] { return open_ == 0; });
}

}  // namespace intake::service
