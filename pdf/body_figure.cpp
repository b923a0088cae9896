#include "pdf/body_figure.hpp"

#include "pdf/style.hpp"

#include <algorithm>

namespace intake::pdf {
namespace {

using outline = std::vector<stroke_point>;

constexpr std::string_view everywhere = "everywhere";

stroke_point centre_of(outline const& line) {
  auto const [left, right] = std::minmax_element(
      line.begin(), line.end(), [](auto const& a, auto const& b) { return a.x < b.x; });
  auto const [top, bottom] = std::minmax_element(
      line.begin(), line.end(), [](auto const& a, auto const& b) { return a.y < b.y; });
  return {(left->x + right->x) / 2, (top->y + bottom->y) / 2};
}

/// The stronger, the darker; never so dark that a grey printer loses the outline.
ink fill_of(int strength) {
  auto const part = static_cast<float>(std::clamp(strength, 0, 10)) / 10;
  auto const light = [part](float dark) { return 0.85F - (0.85F - dark) * part; };
  return {light(0.3F), light(0.42F), light(0.52F)};
}

outline scaled(outline line, float scale) {
  for (auto& point : line) point = {point.x * scale, point.y * scale};
  return line;
}

}  // namespace

body_figure draw_body(body_side seen, std::span<body_fill const> fills, float height_pt) {
  auto const scale = height_pt / body_height;
  body_figure out;
  out.width_pt = body_width * scale;
  out.height_pt = height_pt;
  path all{{}, paint::stroke, style::quiet, 0.6F};
  for (auto& part : body_regions(seen)) {
    auto const line = scaled(std::move(part.line), scale);
    for (auto const& fill : fills) {
      bool const whole = fill.region == everywhere;
      if (!whole && fill.region != part.code) continue;
      out.shapes.paths.push_back({{line}, paint::fill, fill_of(fill.strength), 0});
      if (!whole) out.places.push_back({fill.region, centre_of(line)});
      break;
    }
    all.lines.push_back(line);
    all.lines.back().push_back(line.front());
  }
  out.shapes.paths.push_back(std::move(all));
  return out;
}

}  // namespace intake::pdf
