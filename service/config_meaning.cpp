#include "service/config.hpp"

#include <fmt/format.h>

namespace intake::service {

operating_mode config::parsed_mode() const {
  return mode == "production" ? operating_mode::production : operating_mode::evaluation;
}

std::string config::public_url() const {
  if (!server_public_url.empty()) return server_public_url;
  auto const host =
      server_address == "127.0.0.1" || server_address == "::1" ? "localhost" : server_address;
  return server_port == 443 ? fmt::format("https://{}", host)
                            : fmt::format("https://{}:{}", host, server_port);
}

}  // namespace intake::service
