#include "certs/uuid.hpp"

namespace intake::certs {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

constexpr bool is_dash_position(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

uuid new_uuid_v7(world const& w) {
  uuid id;
  w.random(id.value);
  auto const unix_ms = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(w.now()).time_since_epoch().count());
  for (std::size_t i = 0; i < 6; ++i) {
    id.value[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  }
  id.value[6] = static_cast<std::uint8_t>((id.value[6] & 0x0f) | 0x70);
  id.value[8] = static_cast<std::uint8_t>((id.value[8] & 0x3f) | 0x80);
  return id;
}

std::string to_string(uuid const& id) {
  std::string text;
  text.reserve(uuid_characters);
  for (auto const byte : id.value) {
    if (is_dash_position(text.size())) text += '-';
    text += hex_digits[byte >> 4];
    text += hex_digits[byte & 15];
  }
  return text;
}

std::optional<uuid> parse_uuid(std::string_view text) {
  if (text.size() != uuid_characters) return std::nullopt;
  uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    auto const value = hex_value(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = id.value[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4) | value);
    ++nibble;
  }
  return id;
}

}  // namespace intake::certs
