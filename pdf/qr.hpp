#pragma once
#include "pdf/strip.hpp"

#include <string>
#include <string_view>

namespace intake::pdf {

/// A QR code (ISO/IEC 18004, error correction M) with its quiet zone, `size_pt` wide and high, as
/// filled shapes. Throws std::invalid_argument if the payload is too long for one.
path qr_path(std::string_view payload, float size_pt);

/// The same for a page: the `d` of an SVG path in a view box of `modules` by `modules`.
struct qr_drawing {
  int modules = 0;
  std::string path;
};
qr_drawing qr_svg(std::string_view payload);

}  // namespace intake::pdf
