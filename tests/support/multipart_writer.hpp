#pragma once
#include "service/http/multipart.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::tests {

/// A quoted name as browsers write it (WHATWG HTML, multipart/form-data).
inline std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (char const c : name) out += c == '"' ? std::string("%22") : std::string(1, c);
  return out + '"';
}

/// The body of a form with files; no content may hold a line that begins with the boundary.
inline std::string write_multipart(std::vector<service::multipart_part> const& parts,
                                   std::string const& boundary) {
  std::string body;
  for (auto const& part : parts) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + quoted_name(part.name);
    if (part.file_name) body += "; filename=" + quoted_name(*part.file_name);
    body += "\r\n";
    if (part.file_name) body += "Content-Type: " + part.content_type + "\r\n";
    body += "\r\n" + std::string(part.content) + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

}  // namespace intake::tests
