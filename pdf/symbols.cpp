#include "pdf/symbols.hpp"

#include "pdf/style.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace intake::pdf {
namespace {

using outline = std::vector<stroke_point>;

/// A regular polygon inscribed in the circle at (0.5, 0.5); many corners make a disc.
outline polygon(int corners, float radius) {
  outline out;
  for (int at = 0; at < corners; ++at) {
    auto const turn = 2 * std::numbers::pi_v<float> * (static_cast<float>(at) + 0.5F) /
                      static_cast<float>(corners);
    out.push_back({0.5F + radius * std::sin(turn), 0.5F + radius * std::cos(turn)});
  }
  return out;
}

outline rectangle(float x, float y, float width, float height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

path filled(std::vector<outline> lines, ink colour) {
  return {std::move(lines), paint::fill, colour, 0};
}

path drawn(std::vector<outline> lines, ink colour, float pen) {
  return {std::move(lines), paint::stroke, colour, pen};
}

std::vector<path> unit_symbol(notice_kind kind) {
  constexpr float pen = 0.11F;
  switch (kind) {
    case notice_kind::alert:
      return {filled({{{0.5F, 0.03F}, {1, 0.95F}, {0, 0.95F}}}, style::black),
              filled({rectangle(0.45F, 0.34F, 0.1F, 0.32F), rectangle(0.45F, 0.74F, 0.1F, 0.1F)},
                     style::white)};
    case notice_kind::accepted:
      return {filled({polygon(48, 0.5F)}, style::accent),
              drawn({{{0.25F, 0.52F}, {0.43F, 0.7F}, {0.76F, 0.32F}}}, style::white, pen)};
    case notice_kind::refused:
      return {
          filled({polygon(8, 0.53F)}, style::black),
          drawn({{{0.3F, 0.3F}, {0.7F, 0.7F}}, {{0.7F, 0.3F}, {0.3F, 0.7F}}}, style::white, pen)};
    case notice_kind::open:
      return {filled({polygon(48, 0.5F)}, style::quiet),
              filled({rectangle(0.21F, 0.44F, 0.13F, 0.13F), rectangle(0.435F, 0.44F, 0.13F, 0.13F),
                      rectangle(0.66F, 0.44F, 0.13F, 0.13F)},
                     style::white)};
    case notice_kind::information:
      break;
  }
  return {filled({polygon(48, 0.5F)}, style::accent),
          filled({rectangle(0.44F, 0.44F, 0.12F, 0.34F), rectangle(0.44F, 0.22F, 0.12F, 0.12F)},
                 style::white)};
}

}  // namespace

drawing symbol(notice_kind kind, float size_pt) {
  drawing out;
  for (auto each : unit_symbol(kind)) {
    for (auto& line : each.lines) {
      for (auto& point : line) point = {point.x * size_pt, point.y * size_pt};
    }
    each.pen_pt *= size_pt;
    out.paths.push_back(std::move(each));
  }
  return out;
}

drawing tick_box(float size_pt) {
  drawing out;
  auto corners = rectangle(0.4F, 0.4F, size_pt - 0.8F, size_pt - 0.8F);
  corners.push_back(corners.front());
  out.paths.push_back(drawn({std::move(corners)}, style::black, 0.8F));
  return out;
}

path pen_strokes(signature const& from, float width_pt, float height_pt) {
  path out{{}, paint::stroke, style::black, 1.1F};
  if (!(from.pad_width > 0) || !(from.pad_height > 0)) return out;
  auto const scale = std::min({width_pt / from.pad_width, height_pt / from.pad_height, 1.0F});
  for (auto const& stroke : from.strokes) {
    outline line;
    for (auto const point : stroke) {
      if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
      line.push_back({std::clamp(point.x, 0.0F, from.pad_width) * scale,
                      std::clamp(point.y, 0.0F, from.pad_height) * scale});
    }
    // A tap leaves one point: as a line of no length it is a dot, since caps are round.
    if (line.size() == 1) line.push_back(line.front());
    if (!line.empty()) out.lines.push_back(std::move(line));
  }
  return out;
}

}  // namespace intake::pdf
