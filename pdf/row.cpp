#include "pdf/row.hpp"

#include "pdf/style.hpp"

#include <algorithm>

namespace intake::pdf {
namespace {

/// Fills of neighbouring strips overlap by this, or a viewer shows seams.
constexpr float overlap_pt = 0.4F;

void put(drawing& into, std::span<column_box const> columns, std::size_t column_at,
         text_line const& line, float baseline) {
  auto const& column = columns[column_at];
  bool const at_right = line.text->right_to_left;
  auto const x = column.x + (at_right ? column.width - line.width_pt : 0);
  into.lines.push_back({line, x, baseline, 0, static_cast<std::uint32_t>(column_at)});
}

strip strip_of_line(std::span<column_box const> columns, std::size_t at, float top) {
  strip out;
  float ascent = 0;
  float descent = 0;
  for (auto const& column : columns) {
    if (at >= column.lines.size()) continue;
    ascent = std::max(ascent, column.lines[at].ascent_pt);
    descent = std::max(descent, column.lines[at].descent_pt);
  }
  for (std::size_t column = 0; column < columns.size(); ++column) {
    auto const& lines = columns[column].lines;
    if (at < lines.size()) put(out.content, columns, column, lines[at], top + ascent);
  }
  out.height = top + ascent + descent;
  return out;
}

void keep_ends_together(std::vector<strip>& strips) {
  auto const count = strips.size();
  for (std::size_t at = 0; at + 1 < count; ++at) {
    bool const near_an_end = at == 0 || at + 2 == count;
    if (count <= 3 || near_an_end) strips[at].end = after::keep_with_next;
  }
}

}  // namespace

std::vector<strip> row_strips(std::span<column_box const> columns, row_look const& look) {
  std::size_t count = 1;
  for (auto const& column : columns) count = std::max(count, column.lines.size());
  std::vector<strip> strips;
  strips.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    strips.push_back(strip_of_line(columns, at, at == 0 ? look.padding_top : 0));
    strips.back().repeats = look.repeats;
  }
  auto& last = strips.back();
  last.height += look.padding_bottom;
  if (look.rule_pt > 0) {
    auto const left = columns.front().x;
    auto const width = columns.back().x + columns.back().width - left;
    last.content.boxes.push_back(
        {left, last.height - look.rule_pt, width, look.rule_pt, look.rule_colour});
  }
  keep_ends_together(strips);
  return strips;
}

strip solid_row(std::span<column_box const> columns, row_look const& look) {
  strip out;
  for (auto const& each : row_strips(columns, look)) {
    out.content.add(each.content, 0, out.height);
    out.height += each.height;
  }
  out.repeats = look.repeats;
  return out;
}

std::vector<text_line> take_below(std::vector<text_line>& lines, float height_pt) {
  auto at = lines.begin();
  for (; at != lines.end(); ++at) {
    height_pt -= at->height_pt();
    if (height_pt < 0) break;
  }
  std::vector<text_line> below(at, lines.end());
  lines.erase(at, lines.end());
  return below;
}

std::vector<strip> line_strips(std::vector<text_line> lines, float x, float width) {
  column_box const column{x, width, std::move(lines)};
  if (column.lines.empty()) return {};
  return row_strips({&column, 1}, {});
}

void frame(std::span<strip> inside, box_look const& look) {
  auto const width = style::content_width_pt;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    auto const height = inside[at].height;
    auto const lap = at == 0 ? 0.0F : overlap_pt;
    auto const edge = look.border_pt;
    std::vector<filled_box> boxes{{edge, -lap, width - 2 * edge, height + lap, look.fill}};
    if (look.border_pt > 0) {
      boxes.push_back({0, -lap, look.border_pt, height + lap, look.border});
      boxes.push_back({width - look.border_pt, -lap, look.border_pt, height + lap, look.border});
      if (at == 0) boxes.push_back({0, 0, width, look.border_pt, look.border});
      if (at + 1 == inside.size()) {
        boxes.push_back({0, height - look.border_pt, width, look.border_pt, look.border});
      }
    }
    auto& own = inside[at].content.boxes;
    own.insert(own.begin(), boxes.begin(), boxes.end());
  }
}

}  // namespace intake::pdf
