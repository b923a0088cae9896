#include "service/worker/exif.hpp"

#include <cstdint>

namespace intake::service::worker {
namespace {

using namespace std::string_view_literals;

constexpr int upright_orientation = 1;
constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::uint32_t type_short = 3;
constexpr std::size_t entry_bytes = 12;

/// Numbers in the byte order that the structure begins with. Past its end everything is 0.
class tiff_numbers {
 public:
  explicit tiff_numbers(std::string_view tiff)
      : tiff_(tiff), little_(tiff.starts_with("II*\0"sv)) {}

  bool is_tiff() const { return little_ || tiff_.starts_with("MM\0*"sv); }

  std::uint32_t at(std::size_t place, std::size_t bytes) const {
    if (place > tiff_.size() || bytes > tiff_.size() - place) return 0;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      auto const from = place + (little_ ? bytes - 1 - i : i);
      number = number << 8 | static_cast<unsigned char>(tiff_[from]);
    }
    return number;
  }

 private:
  std::string_view tiff_;
  bool little_;
};

}  // namespace

int tiff_orientation(std::string_view tiff) {
  tiff_numbers const numbers(tiff);
  if (!numbers.is_tiff()) return upright_orientation;
  std::size_t const directory = numbers.at(4, 4);
  auto const entries = numbers.at(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    auto const entry = directory + 2 + i * entry_bytes;
    if (numbers.at(entry, 2) != orientation_tag) continue;
    auto const value = numbers.at(entry + 8, 2);
    bool const good = numbers.at(entry + 2, 2) == type_short && value >= 1 && value <= 8;
    return good ? static_cast<int>(value) : upright_orientation;
  }
  return upright_orientation;
}

int exif_orientation(std::string_view segment) {
  constexpr auto head = "Exif\0\0"sv;
  return segment.starts_with(head) ? tiff_orientation(segment.substr(head.size()))
                                   : upright_orientation;
}

}  // namespace intake::service::worker
