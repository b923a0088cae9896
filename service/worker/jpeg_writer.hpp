#pragma once
#include "service/worker/pixels.hpp"

#include <string>

namespace intake::service::worker {

/// A baseline JPEG with a JFIF head and nothing else beside the picture; `quality` as libjpeg
/// counts, 1 to 100. The same pixels give the same bytes. Throws std::runtime_error where the
/// library refuses the size (a side over 65,500).
std::string write_jpeg(pixels const&, int quality);

}  // namespace intake::service::worker
