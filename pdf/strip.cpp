#include "pdf/strip.hpp"

#include <algorithm>
#include <utility>

namespace intake::pdf {

void drawing::add(drawing const& other, float x, float y) {
  for (auto each : other.boxes) {
    each.x += x;
    each.y += y;
    boxes.push_back(each);
  }
  for (auto each : other.paths) {
    for (auto& line : each.lines) {
      for (auto& point : line) point = {point.x + x, point.y + y};
    }
    paths.push_back(std::move(each));
  }
  for (auto each : other.pictures) {
    each.x += x;
    each.y += y;
    pictures.push_back(each);
  }
  for (auto each : other.lines) {
    each.x += x;
    each.baseline += y;
    lines.push_back(each);
  }
  for (auto each : other.bookmarks) {
    each.y += y;
    bookmarks.push_back(std::move(each));
  }
  for (auto each : other.links) {
    each.x += x;
    each.y += y;
    links.push_back(std::move(each));
  }
}

void drawing::sort_lines() {
  std::stable_sort(lines.begin(), lines.end(),
                   [](placed_line const& one, placed_line const& other) {
                     return std::pair(one.row, one.column) < std::pair(other.row, other.column);
                   });
}

}  // namespace intake::pdf
