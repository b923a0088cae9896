#pragma once
#include "pdf/body_regions.hpp"
#include "pdf/strip.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// A region that is filled in, and how dark: 0 to 10.
struct body_fill {
  std::string_view region;
  int strength = 0;
};

/// Where a region's number stands, in points from the figure's upper left corner.
struct body_place {
  std::string_view region;
  stroke_point centre{};
};

struct body_figure {
  drawing shapes;
  float width_pt = 0;
  float height_pt = 0;
  std::vector<body_place> places;  ///< of the filled regions of this side, as given
};

/// A person from one side, drawn as shapes of our own. Regions are the codes of the packet's value
/// set body-region ("knee-front-right": the patient's right); "everywhere" fills all, unknown ones
/// none.
body_figure draw_body(body_side seen, std::span<body_fill const> fills, float height_pt);

}  // namespace intake::pdf
