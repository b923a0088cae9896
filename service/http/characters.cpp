#include "service/http/characters.hpp"

#include <algorithm>

namespace intake::service::characters {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

int escaped_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  int const high = hex_digit(text[1]);
  int const low = hex_digit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace intake::service::characters
