#include "forms/signature_strokes.hpp"

#include "forms/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr double pad_max = 10'000;
/// Strokes shorter than this are where a pen rested.
constexpr double stroke_min = 1;

std::optional<double> read_number(json_value const* from) {
  if (from == nullptr || !from->is(json_kind::number)) return std::nullopt;
  double value = 0;
  auto const text = from->text();
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const good = error == std::errc{} && end == text.data() + text.size();
  return good && std::abs(value) <= 2 * pad_max ? std::optional(value) : std::nullopt;
}

std::optional<double> read_extent(json_value const& root, std::string_view name) {
  auto const value = read_number(root.find(name));
  return value && *value >= 1 && *value <= pad_max ? value : std::nullopt;
}

std::optional<pen_point> read_point(json_value const& pair, drawn_signature const& pad) {
  if (!pair.is(json_kind::array) || pair.children().size() != 2) return std::nullopt;
  auto const x = read_number(&pair.children()[0]);
  auto const y = read_number(&pair.children()[1]);
  auto const near = [](std::optional<double> at, double extent) {
    return at && *at >= -pad_max && *at <= extent + pad_max;
  };
  if (!near(x, pad.width) || !near(y, pad.height)) return std::nullopt;
  return pen_point{*x, *y};
}

bool read_stroke(json_value const& list, drawn_signature& into, std::size_t& points) {
  if (!list.is(json_kind::array) || list.children().empty()) return false;
  auto& stroke = into.strokes.emplace_back();
  for (auto const& pair : list) {
    auto const point = read_point(pair, into);
    if (!point || ++points > signature_points_max) return false;
    stroke.push_back(*point);
  }
  return into.strokes.size() <= signature_strokes_max;
}

}  // namespace

std::optional<drawn_signature> read_signature(std::string json) {
  auto const document =
      read_json(std::move(json), {.bytes_max = signature_bytes_max, .depth_max = 5});
  if (!document) return std::nullopt;
  auto const& root = document->root();
  if (!root.is(json_kind::object) || root.children().size() != 3) return std::nullopt;
  auto const width = read_extent(root, "width");
  auto const height = read_extent(root, "height");
  auto const* strokes = root.find("strokes", json_kind::array);
  if (!width || !height || strokes == nullptr) return std::nullopt;
  drawn_signature made{*width, *height, {}};
  std::size_t points = 0;
  for (auto const& each : *strokes) {
    if (!read_stroke(each, made, points)) return std::nullopt;
  }
  return made;
}

std::string write_signature(drawn_signature const& from) {
  std::string text;
  json_writer out(text);
  auto const number = [&](double value) { out.number(fmt::format("{}", value)); };
  out.begin_object().key("width");
  number(from.width);
  out.key("height");
  number(from.height);
  out.key("strokes").begin_array();
  for (auto const& stroke : from.strokes) {
    out.begin_array();
    for (auto const& point : stroke) {
      out.begin_array();
      number(point.x);
      number(point.y);
      out.end_array();
    }
    out.end_array();
  }
  out.end_array().end_object();
  return text;
}

bool is_drawn(drawn_signature const& from) {
  return std::ranges::any_of(from.strokes, [](auto const& stroke) {
    return std::ranges::any_of(stroke, [&](pen_point const& point) {
      return std::hypot(point.x - stroke.front().x, point.y - stroke.front().y) >= stroke_min;
    });
  });
}

}  // namespace intake::forms
