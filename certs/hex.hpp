#pragma once
#include "certs/bytes.hpp"

#include <string>
#include <string_view>

namespace intake::certs {

/// Lower-case hexadecimal, appended to `out`.
template <typename Text>
void append_hex(Text& out, bytes_view data) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (auto const byte : data) {
    out.push_back(static_cast<typename Text::value_type>(digits[byte >> 4]));
    out.push_back(static_cast<typename Text::value_type>(digits[byte & 15]));
  }
}

/// Reads exactly `2 * out.size()` lower-case digits; false, with `out` unspecified, on anything
/// else.
bool read_hex(std::string_view text, std::span<std::uint8_t> out);

}  // namespace intake::certs
