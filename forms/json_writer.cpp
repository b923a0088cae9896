#include "forms/json_writer.hpp"

#include "forms/utf8.hpp"

#include <array>
#include <cstring>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

constexpr std::array<bool, 256> make_careful() {
  std::array<bool, 256> careful{};
  for (std::size_t byte = 0; byte < careful.size(); ++byte) {
    careful[byte] = byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\';
  }
  return careful;
}

constexpr auto careful = make_careful();

bool needs_care(char c) {
  return careful[static_cast<unsigned char>(c)];
}

/// Whether none of the first eight bytes needs care: each term sets the high bit of such a byte.
bool eight_are_plain(char const* text) {
  constexpr std::uint64_t each = 0x0101010101010101;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  auto const control = bytes - each * 0x20;
  auto const quote = (bytes ^ each * '"') - each;
  auto const backslash = (bytes ^ each * '\\') - each;
  return ((bytes | control | quote | backslash) & each * 0x80) == 0;
}

std::size_t plain_bytes(std::string_view text) {
  std::size_t plain = 0;
  while (plain + 8 <= text.size() && eight_are_plain(text.data() + plain)) plain += 8;
  while (plain < text.size() && !needs_care(text[plain])) ++plain;
  return plain;
}

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    auto const plain = plain_bytes(text);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return;
    if (text[0] != '\0' && static_cast<unsigned char>(text[0]) < 0x80) {
      append_escape(out, text[0]);
      text.remove_prefix(1);
      continue;
    }
    auto const bytes = text[0] == '\0' ? 0 : utf8_sequence_bytes(text);
    out.append(bytes == 0 ? replacement_character : text.substr(0, bytes));
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
}

}  // namespace

// What was written last says whether a comma is due: only values end in anything but these.
void json_writer::separate() {
  if (out_.size() == start_) return;
  char const last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

json_writer& json_writer::begin_object() {
  separate();
  out_ += '{';
  return *this;
}

json_writer& json_writer::end_object() {
  out_ += '}';
  return *this;
}

json_writer& json_writer::begin_array() {
  separate();
  out_ += '[';
  return *this;
}

json_writer& json_writer::end_array() {
  out_ += ']';
  return *this;
}

json_writer& json_writer::key(std::string_view name) {
  string(name);
  out_ += ':';
  return *this;
}

json_writer& json_writer::string(std::string_view text) {
  separate();
  out_ += '"';
  append_escaped(out_, text);
  out_ += '"';
  return *this;
}

json_writer& json_writer::integer(std::int64_t value) {
  separate();
  fmt::format_to(std::back_inserter(out_), "{}", value);
  return *this;
}

json_writer& json_writer::number(std::string_view source_text) {
  separate();
  out_ += source_text;
  return *this;
}

json_writer& json_writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

json_writer& json_writer::null() {
  separate();
  out_ += "null";
  return *this;
}

json_writer& json_writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace intake::forms
