#include "service/rate_limits.hpp"

#include "service/http/ip_address.hpp"

#include <algorithm>
#include <cmath>

namespace intake::service {
namespace {

// A full house is looked through for idle senders at most this often, so that a flood of new ones
// costs no more than their own requests.
constexpr std::chrono::seconds sweep_pause{1};

double refilled(double left, rate const& allowed, std::chrono::microseconds passed) {
  auto const minutes = std::chrono::duration<double, std::ratio<60>>(passed).count();
  return std::min(allowed.burst, left + std::max(0.0, minutes) * allowed.per_minute);
}

/// The /64 of an IPv6 address is one client; what is no address is itself.
std::string client_of(std::string_view address) {
  auto const read = read_ip_address(address);
  return read ? to_string(read->client_network()) : std::string(address);
}

}  // namespace

rate rate_of(counted kind) {
  constexpr rate rates[] = {
      {.burst = 60, .per_minute = 12},     {.burst = 600, .per_minute = 120},
      {.burst = 2'000, .per_minute = 240}, {.burst = 12'000, .per_minute = 6'000},
      {.burst = 5, .per_minute = 0.1},     {.burst = 10, .per_minute = 0.5},
      {.burst = 60, .per_minute = 6},      {.burst = 6, .per_minute = 0.1},
      {.burst = 60, .per_minute = 1},      {.burst = 60, .per_minute = 12}};
  return rates[static_cast<std::size_t>(kind)];
}

rate_limits::bucket* rate_limits::find(std::string const& key, rate const& allowed,
                                       certs::utc_time now) {
  if (auto const found = buckets_.find(key); found != buckets_.end()) return &found->second;
  if (buckets_.size() >= senders_max_ && now - swept_ >= sweep_pause) {
    swept_ = now;
    std::erase_if(buckets_, [&](auto const& each) {
      auto const kind = static_cast<counted>(each.first.front());
      auto const full = rate_of(kind);
      return refilled(each.second.left, full, now - each.second.filled) >= full.burst;
    });
  }
  if (buckets_.size() >= senders_max_) return nullptr;
  return &buckets_.emplace(key, bucket{allowed.burst, now}).first->second;
}

std::optional<std::chrono::seconds> rate_limits::refuse(counted kind, std::string_view who,
                                                        certs::utc_time now) {
  return take(kind, who, now, 1);
}

std::optional<std::chrono::seconds> rate_limits::wait(counted kind, std::string_view who,
                                                      certs::utc_time now) {
  return take(kind, who, now, 0);
}

std::optional<std::chrono::seconds> rate_limits::take(counted kind, std::string_view who,
                                                      certs::utc_time now, double costs) {
  auto const allowed = rate_of(kind);
  std::string key(1, static_cast<char>(kind));
  bool const is_address = kind == counted::address || kind == counted::address_pages ||
                          kind == counted::help || kind == counted::client_failure ||
                          kind == counted::sign_in_address;
  key += is_address ? client_of(who) : std::string(who);
  std::lock_guard const lock(guard_);
  auto* const count = find(key, allowed, now);
  if (count == nullptr) return std::nullopt;
  count->left = refilled(count->left, allowed, now - count->filled);
  count->filled = std::max(count->filled, now);
  if (count->left >= 1) {
    count->left -= costs;
    return std::nullopt;
  }
  auto const seconds = std::ceil((1 - count->left) / allowed.per_minute * 60);
  return std::chrono::seconds(static_cast<std::int64_t>(std::max(1.0, seconds)));
}

}  // namespace intake::service
