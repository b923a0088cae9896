#include "service/http/server_environment.hpp"

#include "service/http/http_date.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace intake::service {
namespace {

std::chrono::milliseconds shortest(server_limits const& limits) {
  return std::max(std::chrono::milliseconds(1),
                  std::min({limits.handshake_time_max, limits.head_time_max, limits.idle_time_max,
                            limits.body_grace_time, limits.write_time_max}));
}

connection_places::caps caps_of(server_limits const& limits) {
  return {.in_all = limits.connections_max,
          .per_address = limits.connections_per_address_max,
          .burst_per_address = limits.connections_burst_per_address_max,
          .per_second_per_address = limits.connections_per_second_per_address};
}

worker_pool::share share_of(server_limits const& limits) {
  auto const processors = std::size_t{std::thread::hardware_concurrency()};
  return {.running_max = std::max(limits.at_work_per_address_max, 2 * processors),
          .waiting_max = limits.queue_per_address_max};
}

}  // namespace

server_environment::server_environment(server_settings const& settings, server_hooks given_hooks,
                                       certs::world given_world)
    : limits(settings.limits),
      hooks(std::move(given_hooks)),
      world(std::move(given_world)),
      proxies(settings.trusted_proxies),
      tick(shortest(settings.limits)),
      places(caps_of(settings.limits)),
      workers(settings.worker_threads, settings.limits.queue_max, share_of(settings.limits)) {
  std::array<std::uint8_t, 5> random{};
  world.random(random);
  for (auto const byte : random) request_prefix_ += fmt::format("{:02x}", byte);
}

std::string server_environment::new_request_id() {
  return fmt::format("{}-{:08x}", request_prefix_,
                     request_count_.fetch_add(1, std::memory_order_relaxed));
}

std::string_view socket_loop::date(certs::utc_time now) {
  auto const second = std::chrono::floor<std::chrono::seconds>(now);
  if (date_text.empty() || second != date_second) {
    date_second = second;
    date_text = http_date(now);
  }
  return date_text;
}

}  // namespace intake::service
