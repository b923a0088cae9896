#include "service/patients/body_drawing.hpp"

#include "pdf/body_regions.hpp"

#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

/// A tenth of the figure's unit is finer than any screen shows.
float tenth(float value) {
  return std::round(value * 10) / 10;
}

void draw_side(std::string& svg, std::string_view name, pdf::body_side seen) {
  auto const out = std::back_inserter(svg);
  fmt::format_to(out, R"(<g data-side="{}">)", name);
  for (auto const& region : pdf::body_regions(seen)) {
    fmt::format_to(out, R"(<path data-region="{}" d=")", region.code);
    char step = 'M';
    for (auto const& point : region.line) {
      fmt::format_to(out, "{}{} {}", std::exchange(step, 'L'), tenth(point.x), tenth(point.y));
    }
    svg += "Z\"/>";
  }
  svg += "</g>";
}

}  // namespace

std::string body_drawing() {
  auto svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" class="intake-map__figure" viewBox="0 0 {} {}">)",
      pdf::body_width, pdf::body_height);
  draw_side(svg, "front", pdf::body_side::front);
  draw_side(svg, "back", pdf::body_side::back);
  return svg + "</svg>";
}

}  // namespace intake::service::patients
