#pragma once
#include "service/http/ip_address.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <unordered_map>

namespace intake::service {

/// Counts open connections against the caps, in total and per client network, and how quickly a
/// network opens them.
class connection_places {
 public:
  enum class answer { taken, full, address_full };
  enum class peer_kind { client, trusted_proxy };

  struct caps {
    std::size_t in_all;
    std::size_t per_address;
    /// New ones of an address: at once, and a second after that.
    std::size_t burst_per_address;
    std::size_t per_second_per_address;
  };

  explicit connection_places(caps most) : most_(most) {}

  /// A place that was taken is given back with the same address and kind, exactly once.
  answer take(ip_address const&, peer_kind, std::chrono::steady_clock::time_point now);
  void give_back(ip_address const&, peer_kind);

  std::size_t open() const;
  /// False when connections were still open at that time.
  bool wait_until_empty(std::chrono::steady_clock::time_point) const;

 private:
  struct network {
    std::size_t open = 0;
    /// How many more may come at once, as of `filled`.
    double left = 0;
    std::chrono::steady_clock::time_point filled{};
  };
  void refill(network&, std::chrono::steady_clock::time_point now) const;
  void forget_quiet_ones(std::chrono::steady_clock::time_point now);

  caps most_;
  mutable std::mutex mutex_;
  mutable std::condition_variable emptied_;
  std::size_t open_ = 0;
  std::unordered_map<ip_address, network> per_network_;
};

}  // namespace intake::service
