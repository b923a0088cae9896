#pragma once
#include "service/worker/jpeg_writer.hpp"
#include "tests/support/sample_pdf.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <png.h>

/// Files as patients send them, and as nobody should.
namespace intake::tests {

using service::worker::blank_picture;
using service::worker::pixels;

using rgb = std::array<std::uint8_t, 3>;
inline constexpr rgb red{220, 30, 30};
inline constexpr rgb green{30, 200, 30};
inline constexpr rgb blue{30, 30, 220};
inline constexpr rgb white{255, 255, 255};

/// Red, green / blue, white.
inline pixels quarters(unsigned width, unsigned height) {
  auto picture = blank_picture(width, height);
  auto* to = picture.rgb.data();
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      bool const left = x < width / 2;
      auto const& colour = y < height / 2 ? (left ? red : green) : (left ? blue : white);
      to = std::copy(colour.begin(), colour.end(), to);
    }
  }
  return picture;
}

inline std::string jpeg_file(unsigned width = 160, unsigned height = 100) {
  return service::worker::write_jpeg(quarters(width, height), 90);
}

/// Puts a segment right behind a JPEG's beginning.
inline std::string with_segment(std::string jpeg, char marker, std::string const& content) {
  auto const length = content.size() + 2;
  std::string segment{'\xFF', marker, static_cast<char>(length >> 8), static_cast<char>(length)};
  return jpeg.insert(2, segment + content);
}

/// A TIFF structure that says how the camera was held and where it was.
inline std::string exif(int orientation) {
  using namespace std::string_literals;
  return "MM\0*\0\0\0\x08\0\x02"s + "\x01\x12\0\x03\0\0\0\x01\0"s + static_cast<char>(orientation) +
         "\0\0"s + "\x01\x0F\0\x02\0\0\0\x04GPS!"s + "\0\0\0\0"s;
}

inline std::string with_exif(std::string jpeg, int orientation) {
  return with_segment(std::move(jpeg), '\xE1', std::string("Exif\0\0", 6) + exif(orientation));
}

inline std::string png_file(pixels const& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t bytes = 0;
  png_image_write_to_memory(&image, nullptr, &bytes, 0, picture.rgb.data(), 0, nullptr);
  std::string file(bytes, '\0');
  png_image_write_to_memory(&image, file.data(), &bytes, 0, picture.rgb.data(), 0, nullptr);
  file.resize(bytes);
  return file;
}

inline std::string png_file(unsigned width = 160, unsigned height = 100) {
  return png_file(quarters(width, height));
}

}  // namespace intake::tests
