#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

/// The alphabets of RFC 3986 and RFC 9110, as a table of bits.
namespace intake::service::characters {

enum class set : unsigned char {
  /// RFC 9110 5.6.2 tchar without '_', which gateways turn into '-' and back.
  name = 1,
  /// RFC 9110 5.5: VCHAR, obs-text, SP and HTAB.
  text = 2,
  /// RFC 3986 3.3 pchar without '%', and '/'.
  path = 4,
  /// `path`, '?', and what browsers and FHIR clients leave raw in a query: "[]{}|^`".
  query = 8,
  digit = 16,
  /// RFC 3986 2.3 unreserved.
  unreserved = 32,
  /// RFC 9110 7.2, what a Host field may hold: reg-name, IPv4, and the digits, colons and brackets
  /// of the rest.
  host = 64,
};

constexpr std::array<unsigned char, 256> make_table() {
  std::array<unsigned char, 256> table{};
  auto const put = [&](std::string_view bytes, set where) {
    for (char const c : bytes)
      table[static_cast<unsigned char>(c)] |= static_cast<unsigned char>(where);
  };
  std::string_view const alpha = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string_view const digits = "0123456789";
  for (auto const where : {set::name, set::path, set::query, set::unreserved, set::host}) {
    put(alpha, where);
    put(digits, where);
  }
  put(digits, set::digit);
  put("!#$%&'*+-.^`|~", set::name);
  put("-._~", set::unreserved);
  put("-._~!$&'()*+,;=:@/", set::path);
  put("-._~!$&'()*+,;=:@/?[]{}|^`", set::query);
  put("-._:[]", set::host);
  for (unsigned c = 0x20; c < 256; ++c) {
    if (c != 0x7F) table[c] |= static_cast<unsigned char>(set::text);
  }
  table['\t'] |= static_cast<unsigned char>(set::text);
  return table;
}
inline constexpr auto table = make_table();

constexpr bool in(set where, char c) {
  return (table[static_cast<unsigned char>(c)] & static_cast<unsigned char>(where)) != 0;
}

constexpr bool all_in(set where, std::string_view bytes) {
  for (char const c : bytes) {
    if (!in(where, c)) return false;
  }
  return true;
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool same_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string lower(std::string_view text);

/// Without the SP and HTAB around it (RFC 9110 5.6.3, OWS).
constexpr std::string_view trim(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts the text before `separator` off the front of `rest`; the last piece leaves `rest` empty.
constexpr std::string_view next_piece(std::string_view& rest, char separator) {
  auto const end = rest.find(separator);
  auto const piece = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return piece;
}

/// The byte of "%41" at the start of the text, or -1.
int escaped_byte(std::string_view text);

}  // namespace intake::service::characters
