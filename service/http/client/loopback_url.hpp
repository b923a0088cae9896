#pragma once
#include <string_view>

namespace intake::service {

/// Whether what is sent there without TLS stays on this machine: "http://127.0.0.1:PORT/…",
/// localhost or [::1], with exactly this scheme.
bool is_loopback_url(std::string_view scheme, std::string_view url);

}  // namespace intake::service
