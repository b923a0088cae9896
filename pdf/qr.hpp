#pragma once
#include "pdf/strip.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace intake::pdf {

/// The largest code (version 40, error correction M) holds so many bytes; none holds nothing.
inline constexpr std::size_t qr_bytes_max = 2331;
bool fits_qr(std::string_view payload);

/// A QR code (ISO/IEC 18004, error correction M) with its quiet zone, `size_pt` wide and high, as
/// filled shapes. Throws std::invalid_argument if the payload does not fit one.
path qr_path(std::string_view payload, float size_pt);

/// The same for a page: the `d` of an SVG path in a view box of `modules` by `modules`.
struct qr_drawing {
  int modules = 0;
  std::string path;
};
qr_drawing qr_svg(std::string_view payload);

}  // namespace intake::pdf
