#pragma once
#include "pdf/blocks.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The regions of the body as shapes of our own: the one drawing that paper and screen show.
namespace intake::pdf {

enum class body_side : std::uint8_t { front, back };

/// The figure's own unit: a hundredth of its width, y downwards.
inline constexpr float body_width = 100;
inline constexpr float body_height = 206;

/// A closed shape. `code` is one of the packet's value set body-region ("knee-front-right": the
/// patient's right); a region may have several shapes.
struct region_outline {
  std::string code;
  std::vector<stroke_point> line;
};

/// Every region that is seen from this side, from the head down.
std::vector<region_outline> body_regions(body_side);

}  // namespace intake::pdf
