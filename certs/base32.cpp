#include "certs/base32.hpp"

#include <string_view>

namespace intake::certs {

std::string base32_encode(bytes_view data) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (auto const byte : data) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5; held -= 5) text += alphabet[bits >> (held - 5) & 31];
  }
  if (held > 0) text += alphabet[bits << (5 - held) & 31];
  return text;
}

}  // namespace intake::certs
