#pragma once
#include <string_view>

/// Crockford's base32: digits and letters without I, L, O and U, five bits a character.
namespace intake::certs {

constexpr std::string_view crockford_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 0 to 31; -1 for what is no such character. Takes either case, I and L for 1, O for 0.
constexpr int crockford_value(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') return 1;
  if (c == 'O') return 0;
  auto const found = crockford_alphabet.find(c);
  return found == crockford_alphabet.npos ? -1 : static_cast<int>(found);
}

}  // namespace intake::certs
