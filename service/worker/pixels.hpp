#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/system/result.hpp>

namespace intake::service::worker {

/// Why a file was not taken.
enum class file_fault {
  none,
  unknown_kind,  ///< neither a JPEG nor a PNG nor a PDF, whatever its name says
  damaged,       ///< cut off, or broken inside
  too_large,     ///< more pixels, scans or pages than are read
  locked,        ///< a PDF that opens with a password only
};

/// An error enum is kept as a value here; nobody throws one.
template <class T>
using or_fault = boost::system::result<T, file_fault>;

inline constexpr std::size_t samples_per_pixel = 3;

/// A picture in memory: rows from the top, each pixel red, green, blue.
struct pixels {
  unsigned width = 0;
  unsigned height = 0;
  std::vector<std::uint8_t> rgb;
};

/// Makes room for a picture; `rgb` is black.
inline pixels blank_picture(unsigned width, unsigned height) {
  return {width, height,
          std::vector<std::uint8_t>(std::size_t{width} * height * samples_per_pixel)};
}

/// How a camera was held: the value of EXIF's tag 0x0112, 1 to 8.
struct oriented_pixels {
  pixels picture;
  int orientation = 1;
};

}  // namespace intake::service::worker
