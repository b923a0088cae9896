#include "pdf/jpeg_size.hpp"

namespace intake::pdf {
namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

unsigned word_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

/// SOF0 to SOF15 are frame headers, but for DHT, JPG and DAC (table B.1).
bool is_frame_header(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<pixel_size> jpeg_size(std::string_view bytes) {
  if (bytes.size() < 4 || word_at(bytes, 0) != 0xFFD8) return std::nullopt;
  for (std::size_t at = 2; at + 9 <= bytes.size();) {
    if (byte_at(bytes, at) != 0xFF) return std::nullopt;
    if (is_frame_header(byte_at(bytes, at + 1))) {
      pixel_size const size{word_at(bytes, at + 7), word_at(bytes, at + 5)};
      if (size.width == 0 || size.height == 0) return std::nullopt;
      return size;
    }
    at += 2U + word_at(bytes, at + 2);
  }
  return std::nullopt;
}

}  // namespace intake::pdf
