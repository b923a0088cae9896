#pragma once
#include "certs/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

enum class http_method { get, head, post, put, patch, remove, options };

/// A header field as received; names are lower case, values without outer white space.
struct http_field {
  std::string name;
  std::string value;
};

/// One whole request that passed the strict gate, as a value: handlers see no socket.
struct request {
  http_method method = http_method::get;
  /// Percent-decoded, always begins with '/', never holds NUL, "//" or dot segments.
  std::string path;
  /// As sent, without '?'; empty where there is none.
  std::string query;
  std::vector<http_field> fields;
  std::string body;
  /// The address that connected, or what a trusted proxy says it was.
  std::string client_address;
  /// Names this request in logs, incident pages and audit events; ours, never the client's.
  std::string request_id;
  /// SHA-256 of the verified client certificate (mTLS) in hexadecimal, if one was presented.
  std::optional<std::string> client_certificate;
  certs::utc_time received{};

  /// The first field of that (lower-case) name.
  std::optional<std::string_view> field(std::string_view name) const;
};

}  // namespace intake::service
