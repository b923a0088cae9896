#include "service/http/target.hpp"

#include "service/http/characters.hpp"
#include "service/http/fields.hpp"

namespace intake::service {
namespace {

using characters::set;

bool hides_structure(int byte) {
  return byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\';
}

std::optional<std::string> decode_path(std::string_view text) {
  std::string path;
  path.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (characters::in(set::path, text[i])) {
      path += text[i];
      continue;
    }
    int const byte = characters::escaped_byte(text.substr(i));
    if (byte < 0 || hides_structure(byte)) return std::nullopt;
    path += static_cast<char>(byte);
    i += 2;
  }
  return path;
}

bool plain_segments(std::string_view path) {
  auto rest = path.substr(1);
  while (!rest.empty()) {
    auto const segment = characters::next_piece(rest, '/');
    if (segment.empty() || segment == "." || segment == "..") return false;
  }
  return true;
}

bool valid_query(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (characters::in(set::query, text[i])) continue;
    if (characters::escaped_byte(text.substr(i)) <= 0) return false;
    i += 2;
  }
  return true;
}

}  // namespace

std::optional<request_target> read_target(std::string_view text) {
  if (text.empty() || text.front() != '/') return std::nullopt;
  auto const mark = text.find('?');
  auto path = decode_path(text.substr(0, mark));
  if (!path || !plain_segments(*path) || !is_utf8(*path)) return std::nullopt;
  auto const query = mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
  if (!valid_query(query)) return std::nullopt;
  return request_target{*std::move(path), std::string(query)};
}

}  // namespace intake::service
