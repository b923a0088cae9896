#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// A request target in origin-form (RFC 9112 3.2.1), the only form a server that is no proxy needs.
struct request_target {
  /// Percent-decoded once; UTF-8, begins with '/', no control character, no "//", no dot segment.
  std::string path;
  /// As sent, its escapes checked; without '?'.
  std::string query;
};

/// Reads a target strictly: an escape that hides '/', '\', NUL or another control character is
/// refused, not decoded, as are dot segments in any spelling, "//", a fragment, raw bytes outside
/// of RFC 3986 and bad escapes.
std::optional<request_target> read_target(std::string_view text);

}  // namespace intake::service
