#pragma once
#include "pdf/document.hpp"
#include "pdf/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What layout hands to pagination: strips of the full content width that are never cut, with their
/// drawings. Lengths in points; the origin is the strip's (later the page's) upper left corner, y
/// grows downwards.
namespace intake::pdf {

struct placed_line {
  text_line line;
  float x = 0;
  float baseline = 0;
  std::uint32_t row = 0;     ///< lines are written row by row, and in a row column by column,
  std::uint32_t column = 0;  ///< so that an answer is copied and read aloud in one piece
};

struct filled_box {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
  ink colour{};
};

enum class paint : std::uint8_t { fill, stroke };

struct path {
  std::vector<std::vector<stroke_point>> lines;
  paint how = paint::stroke;
  ink colour{};
  float pen_pt = 1;
};

struct placed_picture {
  std::size_t picture = 0;  ///< index into layout's pictures
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
};

struct bookmark {
  std::string title;  ///< empty: only a link's target
  int depth = 0;
  float y = 0;
  std::string anchor{};  ///< what links call it; may be empty
};

/// An area that leads to the bookmark of that anchor; its page's number is set at the right edge.
struct page_link {
  std::string target;
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
  std::uint32_t row = 0;  ///< as placed_line has them
  std::uint32_t column = 0;
};

/// Painted in this order: boxes, paths, pictures, lines of text.
struct drawing {
  std::vector<filled_box> boxes;
  std::vector<path> paths;
  std::vector<placed_picture> pictures;
  std::vector<placed_line> lines;
  std::vector<bookmark> bookmarks;
  std::vector<page_link> links;

  /// Adds `other`, moved by (x, y).
  void add(drawing const& other, float x, float y);
  /// Puts the lines in reading order.
  void sort_lines();
};

enum class after : std::uint8_t { may_break, keep_with_next, new_page };

struct strip {
  float height = 0;
  float gap_before = 0;  ///< not at the top of a page
  after end = after::may_break;
  int repeats = -1;  ///< which of the flow's headers is repeated when a page starts here
  drawing content;
};

/// A section's content from top to bottom.
struct flow {
  std::vector<strip> strips;
  std::vector<strip> headers;
};

}  // namespace intake::pdf
