#pragma once
#include "service/worker/pixels.hpp"

#include <string_view>

namespace intake::service::worker {

/// Decodes a JPEG, at a fraction of its size where that still has `side_min` pixels on its longest
/// side. The whole of it must be there; what stands behind its end is not looked at. Its size is
/// checked before anything is decoded.
or_fault<oriented_pixels> read_jpeg(std::string_view bytes, unsigned side_min);

}  // namespace intake::service::worker
