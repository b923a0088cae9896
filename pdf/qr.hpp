#pragma once
#include "pdf/strip.hpp"

#include <string_view>

namespace intake::pdf {

/// A QR code (ISO/IEC 18004, error correction M) with its quiet zone, `size_pt` wide and high, as
/// filled shapes. Throws std::invalid_argument if the payload is too long for one.
path qr_path(std::string_view payload, float size_pt);

}  // namespace intake::pdf
