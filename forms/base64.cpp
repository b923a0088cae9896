#include "forms/base64.hpp"

#include <array>
#include <cstdint>

namespace intake::forms {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}

constexpr auto base64_digits = make_digits();

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int count = 0;
  int padding = 0;
  for (char const c : text) {
    if (is_space(c)) continue;
    auto const digit = base64_digits[static_cast<unsigned char>(c)];
    bool const pad = c == '=';
    if ((digit == no_digit && !pad) || (padding != 0 && !pad)) return std::nullopt;
    if (pad) ++padding;
    group = group << 6U | (pad ? 0U : digit);
    if (++count % 4 != 0) continue;
    if (padding > 2) return std::nullopt;
    for (int i = 2; i >= padding; --i) {
      bytes += static_cast<char>(group >> (8U * static_cast<unsigned>(i)) & 0xFFU);
    }
    group = 0;
  }
  if (count % 4 != 0 || padding > 2) return std::nullopt;
  return bytes;
}

std::string encode_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    auto const size = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (j < size ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= size ? alphabet[group >> (18U - 6U * static_cast<unsigned>(j)) & 0x3FU] : '=';
    }
  }
  return text;
}

}  // namespace intake::forms
