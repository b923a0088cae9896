#pragma once
#include "forms/x12/segments.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

/// Segments to bytes, in the one way they can be written: no empty elements at the end, a line end
/// after each terminator only where it is asked for.
namespace intake::forms::x12 {

enum class line_ends : std::uint8_t { none, after_each_segment };

class segment_writer {
 public:
  segment_writer(std::string& out, delimiters marks, line_ends lines)
      : out_{out}, marks_{marks}, lines_{lines} {}

  /// Elements must hold no separators; components within one are the caller's.
  void put(std::string_view id, std::initializer_list<std::string_view> elements);
  void put(std::string_view id, std::span<std::string_view const> elements);
  /// How many segments were written so far.
  std::size_t count() const noexcept { return count_; }
  delimiters const& marks() const noexcept { return marks_; }

 private:
  std::string& out_;
  delimiters marks_;
  line_ends lines_;
  std::size_t count_ = 0;
};

/// The same segments in their canonical writing, with the usual separators and nothing between
/// segments: what a well-formed file is compared by. Data keep their letters.
std::string canonical_text(segment_file const&);

}  // namespace intake::forms::x12
