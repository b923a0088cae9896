#pragma once
#include "certs/bytes.hpp"

#include <string>
#include <string_view>

namespace intake::certs {

/// Published vectors are written in hexadecimal; spaces are for the eye.
inline bytes from_hex(std::string_view text) {
  auto const value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  bytes result;
  int high = -1;
  for (auto const c : text) {
    if (c == ' ') continue;
    if (high < 0) {
      high = value(c);
    } else {
      result.push_back(static_cast<std::uint8_t>(high * 16 + value(c)));
      high = -1;
    }
  }
  return result;
}

template <typename Bytes>
std::string to_hex(Bytes const& data) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::uint8_t const byte : data) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace intake::certs
