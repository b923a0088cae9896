#pragma once
#include "service/http/gate.hpp"
#include "service/http/response.hpp"
#include "service/http/security_headers.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// How the end of a response's body is told (RFC 9112 6.3).
enum class body_framing { none, length, chunked, until_close };

/// What the session knows of a response beside what the handler said.
struct response_frame {
  http_version version = http_version::http_1_1;
  transport_kind transport = transport_kind::tls;
  body_framing framing = body_framing::length;
  /// For body_framing::length; also for a HEAD response, whose body is left away.
  std::size_t body_bytes = 0;
  bool keep_alive = true;
  /// IMF-fixdate.
  std::string_view date;
  std::string_view request_id;
};

/// False where a field's name is no token or its value holds a control character (written out, it
/// could end the head and begin another response), and for an event stream, which no session feeds.
bool well_formed(response const&);

/// Whether a response of that status has a body at all (RFC 9110 6.4.1).
bool status_has_body(int status);

/// Appends status line, fields, the security fields and the empty line. Fields that frame the
/// message (Content-Length, Connection, Date, …) are the session's; a handler's are left out.
void append_response_head(std::string& out, response const&, response_frame const&);

/// "Not Found"; empty for a status without a registered phrase.
std::string_view reason_phrase(int status);

}  // namespace intake::service
