#include "service/http/client/loopback_url.hpp"

#include <algorithm>

namespace intake::service {

bool is_loopback_url(std::string_view scheme, std::string_view url) {
  constexpr std::string_view slashes = "://";
  if (!url.starts_with(scheme) || !url.substr(scheme.size()).starts_with(slashes)) return false;
  auto const place = url.substr(scheme.size() + slashes.size());
  constexpr std::string_view hosts[] = {"127.0.0.1", "[::1]", "localhost"};
  return std::ranges::any_of(hosts, [&](std::string_view host) {
    if (!place.starts_with(host)) return false;
    auto const rest = place.substr(host.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  });
}

}  // namespace intake::service
