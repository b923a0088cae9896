#include "service/worker/png_reader.hpp"

#include "service/limits.hpp"
#include "service/worker/exif.hpp"

#include <png.h>

namespace intake::service::worker {
namespace {

constexpr std::size_t signature_bytes = 8;
constexpr std::size_t chunk_overhead_bytes = 12;

std::size_t length_at(std::string_view bytes, std::size_t at) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    length = length << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return length;
}

/// What the chunks say without being decoded (PNG 5.3): whether the last one is there, since the
/// library stops where it has all pixels.
struct chunk_walk {
  bool whole = false;
  int orientation = 1;
};

chunk_walk walk_chunks(std::string_view bytes) {
  chunk_walk found;
  std::size_t at = signature_bytes;
  while (bytes.size() >= at + chunk_overhead_bytes) {
    auto const length = length_at(bytes, at);
    auto const type = bytes.substr(at + 4, 4);
    if (length > bytes.size() - at - chunk_overhead_bytes) break;
    if (type == "eXIf") found.orientation = tiff_orientation(bytes.substr(at + 8, length));
    if (type == "IEND") {
      found.whole = true;
      break;
    }
    at += length + chunk_overhead_bytes;
  }
  return found;
}

class png_input {
 public:
  png_input() { image_.version = PNG_IMAGE_VERSION; }
  ~png_input() { png_image_free(&image_); }
  png_input(png_input const&) = delete;
  png_input& operator=(png_input const&) = delete;

  bool read_head(std::string_view bytes) {
    return png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) != 0;
  }
  bool read_pixels(std::vector<std::uint8_t>& into) {
    image_.format = PNG_FORMAT_RGB;
    png_color const white{255, 255, 255};
    return png_image_finish_read(&image_, &white, into.data(), 0, nullptr) != 0;
  }
  unsigned width() const { return image_.width; }
  unsigned height() const { return image_.height; }

 private:
  png_image image_{};
};

}  // namespace

or_fault<oriented_pixels> read_png(std::string_view bytes) {
  auto const chunks = walk_chunks(bytes);
  if (!chunks.whole) return file_fault::damaged;
  png_input in;
  if (!in.read_head(bytes)) return file_fault::damaged;
  if (std::uint64_t{in.width()} * in.height() > picture_pixels_max) return file_fault::too_large;
  oriented_pixels out{blank_picture(in.width(), in.height()), chunks.orientation};
  if (!in.read_pixels(out.picture.rgb)) return file_fault::damaged;
  return out;
}

}  // namespace intake::service::worker
