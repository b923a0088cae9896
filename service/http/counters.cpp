#include "service/http/counters.hpp"

#include <algorithm>

namespace intake::service {

void counters::count_answer(int status, std::chrono::microseconds took) {
  auto const microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, took.count()));
  auto const bucket = std::ranges::lower_bound(latency_bounds_us, microseconds);
  latency[static_cast<std::size_t>(bucket - latency_bounds_us.begin())].add();
  latency_sum_us.add(microseconds);
  requests.add();
  by_status[static_cast<std::size_t>(std::clamp(status, 100, 599) - 100)].add();
}

void counters::add_to(server_stats& sum) const {
  sum.connections_accepted += accepted.read();
  for (std::size_t i = 0; i < cut.size(); ++i) sum.cut[i] += cut[i].read();
  sum.requests += requests.read();
  for (std::size_t i = 0; i < by_status.size(); ++i) sum.by_status[i] += by_status[i].read();
  for (std::size_t i = 0; i < latency.size(); ++i) sum.latency[i] += latency[i].read();
  sum.latency_sum_us += latency_sum_us.read();
  sum.body_bytes_in += body_bytes_in.read();
  sum.bytes_out += bytes_out.read();
}

}  // namespace intake::service
