#pragma once
#include <string_view>

namespace intake::service::worker {

/// The orientation in a TIFF structure (EXIF 3.0, 4.5.2 and tag 0x0112), 1 to 8: what a JPEG's APP1
/// has after "Exif\0\0" and a PNG's chunk eXIf from its beginning. 1 where there is none, or
/// anything about it is strange.
int tiff_orientation(std::string_view tiff);

/// The same of a JPEG's APP1 segment, without its marker and length.
int exif_orientation(std::string_view segment);

}  // namespace intake::service::worker
