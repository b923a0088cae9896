#pragma once
#include "service/worker/pixels.hpp"

namespace intake::service::worker {

/// Smaller by averaging areas, so that no side is longer than `side_max`; never larger.
pixels shrink(pixels, unsigned side_max);

/// As it was seen by who took it; `orientation` is EXIF's.
pixels upright(pixels, int orientation);

}  // namespace intake::service::worker
