#include "forms/base64.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "forms/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (char const c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

std::optional<std::string> from_hex(std::string_view text) {
  std::string bytes;
  for (; text.size() >= 2; text.remove_prefix(2)) {
    auto const high = hex_digit(text[0]);
    auto const low = hex_digit(text[1]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>(*high * 16 + *low);
  }
  return text.empty() ? std::optional{bytes} : std::nullopt;
}

std::string swapped(std::string text, std::string_view from, std::string_view to) {
  for (char& c : text) {
    if (auto const at = from.find(c); at != std::string_view::npos) c = to[at];
  }
  return text;
}

struct html_row {
  char plain;
  std::string_view escaped;
};
constexpr std::array<html_row, 5> html_rows{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}}};

std::string to_html(std::string_view text) {
  std::string result;
  for (char const c : text) {
    auto const row = std::ranges::find(html_rows, c, &html_row::plain);
    result += row == html_rows.end() ? std::string(1, c) : std::string{row->escaped};
  }
  return result;
}

std::string from_html(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    auto const row = std::ranges::find_if(
        html_rows, [&](html_row const& one) { return text.starts_with(one.escaped); });
    result += row == html_rows.end() ? text[0] : row->plain;
    text.remove_prefix(row == html_rows.end() ? 1 : row->escaped.size());
  }
  return result;
}

std::string to_json(std::string_view text) {
  std::string quoted;
  json_writer{quoted}.string(text);
  return quoted.substr(1, quoted.size() - 2);
}

std::optional<std::string> from_json(std::string const& text) {
  auto const read = read_json(fmt::format("\"{}\"", text));
  if (read) return std::string{read->root().text()};
  // What was never escaped, a quote for one, stands for itself.
  return text.find('\\') == std::string::npos ? std::optional{text} : std::nullopt;
}

std::optional<std::string> encoded(std::string const& text, std::string_view format) {
  if (format == "hex") return to_hex(text);
  if (format == "base64") return encode_base64(text);
  if (format == "urlbase64") return swapped(encode_base64(text), "+/", "-_");
  return std::nullopt;
}

std::optional<std::string> decoded(std::string const& text, std::string_view format) {
  if (format == "hex") return from_hex(text);
  if (format == "base64") return decode_base64(text);
  if (format == "urlbase64") return decode_base64(swapped(text, "-_", "+/"));
  return std::nullopt;
}

std::optional<std::string> escaped(std::string const& text, std::string_view format) {
  if (format == "html") return to_html(text);
  if (format == "json") return to_json(text);
  return std::nullopt;
}

std::optional<std::string> unescaped(std::string const& text, std::string_view format) {
  if (format == "html") return from_html(text);
  if (format == "json") return from_json(text);
  return std::nullopt;
}

template <std::optional<std::string> (*Change)(std::string const&, std::string_view)>
collection change(call& of) {
  auto const input = of.in.text(of.input, of.at);
  auto const format = of.in.text(of.argument(0), of.at);
  if (!input || !format || !of.in.spend(input->size() / 16)) return {};
  auto made = Change(*input, *format);
  if (!made || !is_utf8(*made) || made->size() > evaluation_text_bytes_max) return {};
  collection result;
  result.push_back(text_value(std::move(*made)));
  return result;
}

constexpr function_row encoding_rows[] = {
    {"encode", 1, 1, change<encoded>},
    {"decode", 1, 1, change<decoded>},
    {"escape", 1, 1, change<escaped>},
    {"unescape", 1, 1, change<unescaped>},
};

}  // namespace

std::span<function_row const> encoding_functions() {
  return encoding_rows;
}

}  // namespace intake::forms::fhirpath
