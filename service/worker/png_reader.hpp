#pragma once
#include "service/worker/pixels.hpp"

#include <string_view>

namespace intake::service::worker {

/// Decodes a PNG; what is transparent becomes white. The whole of it must be there, to the chunk
/// IEND; what stands behind that is not looked at. Its size is checked before anything is decoded.
or_fault<oriented_pixels> read_png(std::string_view bytes);

}  // namespace intake::service::worker
