#pragma once
#include "service/http/ip_address.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <unordered_map>

namespace intake::service {

/// Counts open connections against the caps, in total and per client network.
class connection_places {
 public:
  enum class answer { taken, full, address_full };
  enum class peer_kind { client, trusted_proxy };

  connection_places(std::size_t max, std::size_t per_address_max)
      : max_(max), per_address_max_(per_address_max) {}

  /// A place that was taken is given back with the same arguments, exactly once.
  answer take(ip_address const&, peer_kind);
  void give_back(ip_address const&, peer_kind);

  std::size_t open() const;
  /// False when connections were still open at that time.
  bool wait_until_empty(std::chrono::steady_clock::time_point) const;

 private:
  std::size_t max_;
  std::size_t per_address_max_;
  mutable std::mutex mutex_;
  mutable std::condition_variable emptied_;
  std::size_t open_ = 0;
  std::unordered_map<ip_address, std::size_t> per_network_;
};

}  // namespace intake::service
