#include "forms/insurance/words.hpp"

#include "forms/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace intake::forms::insurance {
namespace {

struct code_point {
  std::uint32_t value;
  std::size_t bytes;  // 0 where the bytes are not UTF-8
};

code_point code_point_at(std::string_view text, std::size_t at) {
  std::size_t const bytes = utf8_sequence_bytes(text.substr(at));
  auto const lead = static_cast<unsigned char>(text[at]);
  std::uint32_t value = bytes <= 1 ? lead : lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return {value, bytes};
}

// Base letters of U+00C0 to U+017F; '.' where there is none.
constexpr std::string_view latin_base =
    "aaaaaaaceeeeiiiidnooooo.ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssss"
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

bool is_ascii_word(std::uint32_t value) {
  return (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9');
}

// Punctuation, spaces and symbols that no name is told apart by.
bool is_ignored(std::uint32_t value) {
  return value < 0xC0 || (value >= 0x2000 && value <= 0x2BFF) ||
         (value >= 0x3000 && value <= 0x303F) || value == 0xFEFF || value == 0xD7 || value == 0xF7;
}

char ascii_lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  static constexpr std::string_view no_break_space = "\u00A0";
  auto const is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (bool again = true; again && !text.empty();) {
    again = true;
    if (is_space(text.front())) {
      text.remove_prefix(1);
    } else if (is_space(text.back())) {
      text.remove_suffix(1);
    } else if (text.starts_with(no_break_space)) {
      text.remove_prefix(no_break_space.size());
    } else if (text.ends_with(no_break_space)) {
      text.remove_suffix(no_break_space.size());
    } else {
      again = false;
    }
  }
  return text;
}

std::string folded(std::string_view name) {
  std::string result;
  result.reserve(name.size());
  for (std::size_t at = 0; at < name.size();) {
    auto const [value, bytes] = code_point_at(name, at);
    if (bytes == 0) {
      ++at;
      continue;
    }
    auto const small = static_cast<std::uint32_t>(
        value < 0x80 ? static_cast<unsigned char>(ascii_lower(static_cast<char>(value))) : value);
    if (is_ascii_word(small)) {
      result += static_cast<char>(small);
    } else if (value >= 0xC0 && value < 0xC0 + latin_base.size() &&
               latin_base[value - 0xC0] != '.') {
      result += latin_base[value - 0xC0];
    } else if (!is_ignored(value)) {
      result += name.substr(at, bytes);
    }
    at += bytes;
  }
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
  return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    std::size_t const to = std::min(text.find(separator, from), text.size());
    auto const part = trimmed(text.substr(from, to - from));
    if (!part.empty()) parts.push_back(part);
    from = to + 1;
  }
  return parts;
}

std::size_t first_bad_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const bytes = utf8_sequence_bytes(text.substr(at));
    if (bytes == 0) return at;
    at += bytes;
  }
  return std::string_view::npos;
}

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  std::size_t const shorter = std::min(left.size(), right.size());
  std::size_t const longer = std::max(left.size(), right.size());
  if (longer - shorter > limit || longer > 200) return limit + 1;
  std::vector<std::size_t> costs(right.size() + 1);
  std::iota(costs.begin(), costs.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = costs[0];
    costs[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      std::size_t const change = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = costs[j + 1];
      costs[j + 1] = std::min({change, costs[j] + 1, costs[j + 1] + 1});
    }
  }
  return std::min(costs[right.size()], limit + 1);
}

}  // namespace intake::forms::insurance
