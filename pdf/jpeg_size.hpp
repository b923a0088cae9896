#pragma once
#include <optional>
#include <string_view>

namespace intake::pdf {

struct pixel_size {
  unsigned width = 0;
  unsigned height = 0;
};

/// The size in a JPEG's frame header (ITU-T T.81, B.2.2); nothing if there is none or a side is 0.
std::optional<pixel_size> jpeg_size(std::string_view bytes);

}  // namespace intake::pdf
