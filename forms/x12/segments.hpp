#pragma once
#include "forms/x12/remarks.hpp"
#include "forms/x12/tag.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Bytes to segments and elements, and nothing else: any separators, no copies.
namespace intake::forms::x12 {

/// X12.5: ISA names its own separators. A repetition separator of 0 is none (before version 00402).
struct delimiters {
  char element = '*';
  char repetition = '^';
  char component = ':';
  char segment = '~';
  bool operator==(delimiters const&) const = default;
};

/// One segment; views into the text it was read from.
struct segment {
  std::uint32_t number = 0;  ///< in the file; ISA is 1
  tag name = tag::other;
  std::string_view id;  ///< as it stands there
  std::span<std::string_view const> elements;

  /// Element n as the standard numbers them, 1 first; empty where there is none.
  std::string_view operator[](std::size_t n) const noexcept {
    return n != 0 && n <= elements.size() ? elements[n - 1] : std::string_view{};
  }
};

/// Segments from one ISA up to the next.
struct stretch {
  delimiters marks;
  std::size_t first = 0;  ///< index of its ISA
  std::size_t count = 0;
};

/// All segments of a text. Views into it, so the text must live longer; moves, does not copy.
class segment_file {
 public:
  segment_file() = default;
  segment_file(segment_file&&) = default;
  segment_file& operator=(segment_file&&) = default;
  segment_file(segment_file const&) = delete;
  segment_file& operator=(segment_file const&) = delete;
  ~segment_file() = default;

  std::vector<segment> segments;
  std::vector<stretch> stretches;
  /// What the segments' elements point to.
  std::vector<std::string_view> elements;
  /// The last segment has no terminator: the text may end inside it.
  bool ends_inside = false;
};

inline constexpr std::size_t file_bytes_max = std::size_t{16} << 20;
/// Segments and elements together.
inline constexpr std::size_t file_parts_max = std::size_t{1} << 20;
/// Of any segment; what comes after stays in the last element.
inline constexpr std::size_t segment_elements_max = 64;

/// Reads any bytes. Errors where there is no ISA at all or more than the limits.
segment_file read_segments(std::string_view text, remarks&);

/// Component or repetition n (0 first) of an element; empty where there is none.
std::string_view part_of(std::string_view element, char separator, std::size_t n) noexcept;

/// Calls `use(part)` for every part of an element that is not empty.
template <class Use>
void for_each_part(std::string_view element, char separator, Use use) {
  while (!element.empty()) {
    auto const end = separator == '\0' ? std::string_view::npos : element.find(separator);
    if (auto const one = element.substr(0, end); !one.empty()) use(one);
    element.remove_prefix(end == std::string_view::npos ? element.size() : end + 1);
  }
}

}  // namespace intake::forms::x12
