#pragma once
#include "pdf/strip.hpp"

#include <span>
#include <vector>

namespace intake::pdf {

/// Lines that stand under each other in one column. Right-to-left paragraphs are set against its
/// right edge.
struct column_box {
  float x = 0;
  float width = 0;
  std::vector<text_line> lines;
};

struct row_look {
  float padding_top = 0;
  float padding_bottom = 0;
  float rule_pt = 0;  ///< under the row, from the first column's left to the last one's right edge
  ink rule_colour{};
  int repeats = -1;
};

/// A row of columns as strips, one a line, so that a high row can go over the page. The first two
/// and the last two lines stay together; up to three lines are never parted.
std::vector<strip> row_strips(std::span<column_box const> columns, row_look const& look);

/// The columns as one strip that is never cut.
strip solid_row(std::span<column_box const> columns, row_look const& look);

/// Takes the lines that stand below that height, first line at 0, out of `lines`: what is beside a
/// drawing must not make it higher than a page.
std::vector<text_line> take_below(std::vector<text_line>& lines, float height_pt);

/// Text strips of one column without padding.
std::vector<strip> line_strips(std::vector<text_line> lines, float x, float width);

/// Draws a border and a fill around strips that follow each other without gaps; where a page ends
/// between them the box stays open there.
struct box_look {
  ink border{};
  float border_pt = 0;
  ink fill{};
};
void frame(std::span<strip> inside, box_look const& look);

}  // namespace intake::pdf
