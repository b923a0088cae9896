#include "pdf/signature_pad.hpp"

#include "forms/json_reader.hpp"

#include <array>
#include <charconv>
#include <string>

namespace intake::pdf {
namespace {

constexpr std::size_t strokes_max = 2'000;
constexpr std::size_t points_max = 50'000;

int value_of(char digit) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  auto const at = alphabet.find(digit);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// RFC 4648, 4; nothing for a character beyond the alphabet.
std::optional<std::string> decode_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (auto const each : text) {
    auto const value = value_of(each);
    if (value < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFF);
  }
  return out;
}

std::optional<float> number(forms::json_value const* from) {
  if (from == nullptr || !from->is(forms::json_kind::number)) return std::nullopt;
  float value = 0;
  auto const text = from->text();
  auto const [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

/// False where the list holds anything but pairs of numbers.
bool read_points(forms::json_value const& list, std::vector<stroke_point>& out) {
  for (auto const& pair : list) {
    auto const parts = pair.children();
    if (parts.size() < 2) return false;
    auto const x = number(&parts[0]);
    auto const y = number(&parts[1]);
    if (!x || !y) return false;
    out.push_back({*x, *y});
  }
  return true;
}

}  // namespace

std::optional<signature> read_strokes(std::string_view base64) {
  auto bytes = decode_base64(base64);
  if (!bytes) return std::nullopt;
  auto const json = forms::read_json(std::move(*bytes));
  if (!json) return std::nullopt;
  auto const& root = json->root();
  auto const width = number(root.find("width"));
  auto const height = number(root.find("height"));
  auto const* strokes = root.find("strokes", forms::json_kind::array);
  if (!width || !height || strokes == nullptr) return std::nullopt;
  signature out;
  out.pad_width = *width;
  out.pad_height = *height;
  std::size_t points = 0;
  for (auto const& each : *strokes) {
    if (!read_points(each, out.strokes.emplace_back())) return std::nullopt;
    points += out.strokes.back().size();
    if (points > points_max || out.strokes.size() > strokes_max) return std::nullopt;
  }
  return out;
}

}  // namespace intake::pdf
