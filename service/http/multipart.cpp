#include "service/http/multipart.hpp"

#include "service/http/characters.hpp"
#include "service/http/fields.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using characters::same_ignoring_case;
using characters::set;
using characters::trim;

// boost::system::result asks of an error enum how it would be thrown; nobody throws one, so it is
// kept as a value.
using parts_or_error = boost::system::result<std::vector<multipart_part>, multipart_error>;

bool valid_boundary(std::string_view boundary) {
  if (boundary.empty() || boundary.size() > 70 || boundary.back() == ' ') return false;
  return std::ranges::all_of(boundary, [](char c) {
    return characters::in(set::unreserved, c) ||
           std::string_view("'()+,/:=? ").find(c) != std::string_view::npos;
  });
}

/// WHATWG HTML, multipart/form-data: browsers escape exactly these three in names.
std::string unescape_name(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const escape = text.substr(i, 3);
    int const byte =
        escape == "%22" || same_ignoring_case(escape, "%0D") || same_ignoring_case(escape, "%0A")
            ? characters::escaped_byte(escape)
            : -1;
    out += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return out;
}

bool presentable(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

/// A quoted or bare parameter's text. Unlike RFC 9110's, a backslash is itself here: old browsers
/// sent "C:\card.jpg".
std::optional<std::string_view> take_value(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    auto const value = trim(rest.substr(0, rest.find(';')));
    rest.remove_prefix(std::min(rest.size(), rest.find(';')));
    return value.empty() ? std::nullopt : std::optional(value);
  }
  auto const end = rest.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  auto const value = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  return value;
}

bool read_disposition(std::string_view value, multipart_part& part) {
  if (!same_ignoring_case(trim(characters::next_piece(value, ';')), "form-data")) return false;
  while (!(value = trim(value)).empty()) {
    auto const name = trim(characters::next_piece(value, '='));
    value = trim(value);
    auto const text = take_value(value);
    if (!text) return false;
    value = trim(value);
    if (!value.empty() && value.front() != ';') return false;
    if (!value.empty()) value.remove_prefix(1);
    if (same_ignoring_case(name, "name")) {
      if (!part.name.empty()) return false;
      part.name = unescape_name(*text);
    } else if (same_ignoring_case(name, "filename")) {
      if (part.file_name) return false;
      part.file_name = unescape_name(text->substr(text->find_last_of("/\\") + 1));
    }
  }
  return !part.name.empty() && presentable(part.name) &&
         (!part.file_name || presentable(*part.file_name));
}

bool read_head(std::string_view head, multipart_part& part) {
  bool has_disposition = false;
  while (!head.empty()) {
    auto const end = head.find("\r\n");
    auto line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
    if (!characters::all_in(set::text, line) || line.find(':') == std::string_view::npos)
      return false;
    auto const name = characters::next_piece(line, ':');
    if (name.empty() || !characters::all_in(set::name, name)) return false;
    if (same_ignoring_case(name, "content-disposition")) {
      if (has_disposition || !read_disposition(trim(line), part)) return false;
      has_disposition = true;
    } else if (same_ignoring_case(name, "content-type")) {
      auto const type = read_media_type(line);
      if (!type || !part.content_type.empty()) return false;
      part.content_type = type->name;
    }
  }
  if (part.content_type.empty()) part.content_type = "text/plain";
  return has_disposition;
}

/// Reads the part at the front of `body`, which ends where the next delimiter begins, and takes
/// both off.
multipart_error take_part(std::string_view& body, std::string_view delimiter,
                          multipart_part& part) {
  auto const head_end = body.substr(0, multipart_head_bytes_max).find("\r\n\r\n");
  if (head_end == std::string_view::npos) {
    return body.size() > multipart_head_bytes_max ? multipart_error::head_too_long
                                                  : multipart_error::malformed;
  }
  if (!read_head(body.substr(0, head_end), part)) return multipart_error::malformed;
  body.remove_prefix(head_end + 4);
  auto const end = body.find(delimiter);
  if (end == std::string_view::npos) return multipart_error::malformed;
  part.content = body.substr(0, end);
  body.remove_prefix(end + delimiter.size());
  return multipart_error::none;
}

}  // namespace

parts_or_error read_multipart(std::string_view body, std::string_view boundary) {
  if (!valid_boundary(boundary)) return multipart_error::malformed;
  auto const delimiter = "\r\n--" + std::string(boundary);
  if (!body.starts_with(std::string_view(delimiter).substr(2))) return multipart_error::malformed;
  body.remove_prefix(delimiter.size() - 2);
  std::vector<multipart_part> parts;
  while (body.starts_with("\r\n")) {
    if (parts.size() == multipart_parts_max) return multipart_error::too_many_parts;
    body.remove_prefix(2);
    multipart_part part;
    auto const error = take_part(body, delimiter, part);
    if (error != multipart_error::none) return error;
    parts.push_back(std::move(part));
  }
  // RFC 2046 5.1.1: the close delimiter; some clients leave its line break away.
  if (body != "--" && body != "--\r\n") return multipart_error::malformed;
  return parts;
}

std::vector<multipart_part> parts_of(request const& asked) {
  auto const type = read_media_type(asked.field("content-type").value_or(""));
  if (!type || type->name != "multipart/form-data") return {};
  auto parts = read_multipart(asked.body, type->parameter("boundary").value_or(""));
  return parts ? std::move(*parts) : std::vector<multipart_part>{};
}

}  // namespace intake::service
