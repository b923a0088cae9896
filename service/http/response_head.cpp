#include "service/http/response_head.hpp"

#include "service/http/characters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace intake::service {
namespace {

using characters::set;

// RFC 9110 15 and RFC 6585, those that this program can send.
constexpr std::array phrases{
    std::pair{200, std::string_view("OK")},
    std::pair{201, std::string_view("Created")},
    std::pair{202, std::string_view("Accepted")},
    std::pair{204, std::string_view("No Content")},
    std::pair{206, std::string_view("Partial Content")},
    std::pair{301, std::string_view("Moved Permanently")},
    std::pair{302, std::string_view("Found")},
    std::pair{303, std::string_view("See Other")},
    std::pair{304, std::string_view("Not Modified")},
    std::pair{307, std::string_view("Temporary Redirect")},
    std::pair{308, std::string_view("Permanent Redirect")},
    std::pair{400, std::string_view("Bad Request")},
    std::pair{401, std::string_view("Unauthorized")},
    std::pair{403, std::string_view("Forbidden")},
    std::pair{404, std::string_view("Not Found")},
    std::pair{405, std::string_view("Method Not Allowed")},
    std::pair{406, std::string_view("Not Acceptable")},
    std::pair{408, std::string_view("Request Timeout")},
    std::pair{409, std::string_view("Conflict")},
    std::pair{410, std::string_view("Gone")},
    std::pair{411, std::string_view("Length Required")},
    std::pair{412, std::string_view("Precondition Failed")},
    std::pair{413, std::string_view("Content Too Large")},
    std::pair{414, std::string_view("URI Too Long")},
    std::pair{415, std::string_view("Unsupported Media Type")},
    std::pair{416, std::string_view("Range Not Satisfiable")},
    std::pair{417, std::string_view("Expectation Failed")},
    std::pair{421, std::string_view("Misdirected Request")},
    std::pair{422, std::string_view("Unprocessable Content")},
    std::pair{423, std::string_view("Locked")},
    std::pair{425, std::string_view("Too Early")},
    std::pair{428, std::string_view("Precondition Required")},
    std::pair{429, std::string_view("Too Many Requests")},
    std::pair{431, std::string_view("Request Header Fields Too Large")},
    std::pair{500, std::string_view("Internal Server Error")},
    std::pair{501, std::string_view("Not Implemented")},
    std::pair{502, std::string_view("Bad Gateway")},
    std::pair{503, std::string_view("Service Unavailable")},
    std::pair{504, std::string_view("Gateway Timeout")},
    std::pair{505, std::string_view("HTTP Version Not Supported")},
    std::pair{507, std::string_view("Insufficient Storage")},
};

constexpr std::array<std::string_view, 9> ours{
    "connection", "content-length",    "date",    "keep-alive",  "server",
    "trailer",    "transfer-encoding", "upgrade", "x-request-id"};

bool is_ours(std::string_view name) {
  return std::ranges::any_of(
      ours, [&](std::string_view each) { return characters::same_ignoring_case(each, name); });
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_phrase(int status) {
  auto const row =
      std::ranges::lower_bound(phrases, status, {}, [](auto const& p) { return p.first; });
  return row != phrases.end() && row->first == status ? row->second : std::string_view{};
}

bool status_has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

bool well_formed(response const& answer) {
  return answer.status >= 200 && answer.status <= 599 &&
         !std::holds_alternative<event_stream>(answer.body) &&
         std::ranges::all_of(answer.fields, [](http_field const& field) {
           return !field.name.empty() && characters::all_in(set::name, field.name) &&
                  characters::all_in(set::text, field.value);
         });
}

void append_response_head(std::string& out, response const& answer, response_frame const& frame) {
  out.append(frame.version == http_version::http_1_1 ? "HTTP/1.1 " : "HTTP/1.0 ");
  append_number(out, static_cast<std::size_t>(answer.status));
  out.append(1, ' ').append(reason_phrase(answer.status)).append("\r\n");
  for (auto const& field : answer.fields) {
    if (!is_ours(field.name)) append_line(out, field.name, field.value);
  }
  if (frame.framing == body_framing::length) {
    out.append("Content-Length: ");
    append_number(out, frame.body_bytes);
    out.append("\r\n");
  } else if (frame.framing == body_framing::chunked) {
    out.append("Transfer-Encoding: chunked\r\n");
  }
  if (!frame.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (frame.version == http_version::http_1_0) {
    out.append("Connection: keep-alive\r\n");
  }
  append_line(out, "Date", frame.date);
  append_line(out, "X-Request-Id", frame.request_id);
  append_security_headers(out, answer.fields, frame.transport);
  out.append("\r\n");
}

}  // namespace intake::service
