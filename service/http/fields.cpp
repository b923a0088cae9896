#include "service/http/fields.hpp"

#include "service/http/characters.hpp"
#include "service/http/request.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using characters::next_piece;
using characters::same_ignoring_case;
using characters::set;
using characters::trim;

constexpr std::size_t weighted_elements_max = 32;

std::optional<std::string> decode_form_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      int const byte = characters::escaped_byte(text.substr(i));
      if (byte < 0) return std::nullopt;
      out += static_cast<char>(byte);
      i += 2;
    }
  }
  if (out.find('\0') != std::string::npos || !is_utf8(out)) return std::nullopt;
  return out;
}

/// RFC 9110 5.6.6, a token or a quoted-string off the front of `rest`.
std::optional<std::string> take_word(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    auto const end = std::ranges::find_if_not(
        rest, [](char c) { return characters::in(set::name, c) || c == '_'; });
    std::string word(rest.begin(), end);
    rest.remove_prefix(word.size());
    return word.empty() ? std::nullopt : std::optional(std::move(word));
  }
  std::string word;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return word;
    }
    if (rest[i] == '\\' && ++i == rest.size()) break;
    word += rest[i];
  }
  return std::nullopt;
}

/// "0", "1", "0.5", "0.125", "1.000" in thousandths (RFC 9110 12.4.2); -1 for anything else.
int read_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  if (text.size() > 1 && text[1] != '.') return -1;
  int weight = (text[0] - '0') * 1000;
  int unit = 100;
  for (char const c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (!characters::in(set::digit, c)) return -1;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return weight <= 1000 ? weight : -1;
}

std::optional<weighted> read_weighted(std::string_view element) {
  weighted out;
  out.value = characters::lower(trim(next_piece(element, ';')));
  if (out.value.empty()) return std::nullopt;
  while (!element.empty()) {
    auto parameter = trim(next_piece(element, ';'));
    auto const name = trim(next_piece(parameter, '='));
    if (!same_ignoring_case(name, "q")) continue;
    out.weight_per_mille = read_weight(trim(parameter));
    if (out.weight_per_mille < 0) return std::nullopt;
  }
  return out;
}

/// How many continuation bytes follow this lead byte, and the range of the first of them; -1: no
/// lead byte.
struct lead {
  int more = -1;
  unsigned char low = 0x80, high = 0xBF;
};

lead read_lead(unsigned char c) {
  if (c < 0x80) return {0};
  if (c >= 0xC2 && c <= 0xDF) return {1};
  if (c == 0xE0) return {2, 0xA0, 0xBF};
  if (c == 0xED) return {2, 0x80, 0x9F};
  if (c >= 0xE1 && c <= 0xEF) return {2};
  if (c == 0xF0) return {3, 0x90, 0xBF};
  if (c >= 0xF1 && c <= 0xF3) return {3};
  if (c == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    auto [more, low, high] = read_lead(static_cast<unsigned char>(bytes[i++]));
    if (more < 0 || bytes.size() - i < static_cast<std::size_t>(more)) return false;
    for (; more > 0; --more, low = 0x80, high = 0xBF) {
      auto const c = static_cast<unsigned char>(bytes[i++]);
      if (c < low || c > high) return false;
    }
  }
  return true;
}

std::optional<std::vector<form_field>> read_form(std::string_view text) {
  std::vector<form_field> out;
  while (!text.empty()) {
    auto pair = next_piece(text, '&');
    if (pair.empty()) continue;
    if (out.size() == form_fields_max) return std::nullopt;
    auto name = decode_form_text(next_piece(pair, '='));
    auto value = decode_form_text(pair);
    if (!name || !value) return std::nullopt;
    out.push_back({*std::move(name), *std::move(value)});
  }
  return out;
}

std::string target_of(request const& asked) {
  return asked.query.empty() ? asked.path : asked.path + "?" + asked.query;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (char const c : text) {
    if (characters::in(set::unreserved, c)) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    int const byte = characters::escaped_byte(text.substr(i));
    if (byte < 0) return std::nullopt;
    out += static_cast<char>(byte);
    i += 2;
  }
  return out;
}

std::optional<std::string_view> cookie(std::string_view header, std::string_view name) {
  std::optional<std::string_view> found;
  while (!header.empty()) {
    auto pair = trim(next_piece(header, ';'));
    if (trim(next_piece(pair, '=')) != name) continue;
    if (found) return std::nullopt;
    auto value = trim(pair);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    found = value;
  }
  return found;
}

std::optional<std::string_view> media_type::parameter(std::string_view lower_case_name) const {
  for (auto const& each : parameters) {
    if (each.name == lower_case_name) return each.value;
  }
  return std::nullopt;
}

std::optional<media_type> read_media_type(std::string_view text) {
  text = trim(text);
  auto const type = take_word(text);
  if (!type || !text.starts_with('/')) return std::nullopt;
  text.remove_prefix(1);
  auto const subtype = take_word(text);
  if (!subtype) return std::nullopt;
  media_type out{characters::lower(*type + '/' + *subtype), {}};
  while (!(text = trim(text)).empty()) {
    if (text.front() != ';') return std::nullopt;
    text = trim(text.substr(1));
    if (text.empty() || text.front() == ';') continue;
    auto const name = take_word(text);
    if (!name || !text.starts_with('=')) return std::nullopt;
    text.remove_prefix(1);
    auto value = take_word(text);
    if (!value || out.parameter(characters::lower(*name))) return std::nullopt;
    out.parameters.push_back({characters::lower(*name), *std::move(value)});
  }
  return out;
}

std::vector<weighted> read_weighted_list(std::string_view text) {
  std::vector<weighted> out;
  for (std::size_t i = 0; i < weighted_elements_max && !text.empty(); ++i) {
    if (auto element = read_weighted(next_piece(text, ','))) out.push_back(*std::move(element));
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &weighted::weight_per_mille);
  return out;
}

std::optional<std::string_view> choose_language(std::string_view accept_language,
                                                std::span<std::string_view const> offered) {
  for (auto const& wish : read_weighted_list(accept_language)) {
    if (wish.weight_per_mille == 0) continue;
    std::string_view range = wish.value;
    while (!range.empty()) {
      auto const found = std::ranges::find(offered, range);
      if (found != offered.end()) return *found;
      auto const cut = range.rfind('-');
      range = range.substr(0, cut == std::string_view::npos ? 0 : cut);
    }
  }
  return std::nullopt;
}

std::string strong_etag(std::string_view opaque) {
  std::string out;
  out.reserve(opaque.size() + 2);
  return out.append(1, '"').append(opaque).append(1, '"');
}

bool etag_listed(std::string_view if_none_match, std::string_view etag) {
  auto const opaque = [](std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
  };
  if (trim(if_none_match) == "*") return true;
  while (!(if_none_match = trim(if_none_match)).empty()) {
    auto const open = if_none_match.find('"');
    auto const close = if_none_match.find('"', open + 1);
    if (open == std::string_view::npos || close == std::string_view::npos) return false;
    if (if_none_match.substr(open, close - open + 1) == opaque(etag)) return true;
    if_none_match = if_none_match.substr(close + 1);
  }
  return false;
}

}  // namespace intake::service
