#include "pdf/page_writer.hpp"

#include "pdf/copied_order.hpp"
#include "pdf/mixed_line.hpp"
#include "pdf/style.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

double up(float y) {
  return static_cast<double>(style::page_height_pt - y);
}

void append_ink(std::string& out, ink colour, char const* name) {
  for (auto const part : {colour.red, colour.green, colour.blue}) {
    append_number(out, static_cast<double>(part));
  }
  out += name;
}

void append_box(std::string& out, filled_box const& box) {
  append_number(out, static_cast<double>(box.x));
  append_number(out, up(box.y + box.height));
  append_number(out, static_cast<double>(box.width));
  append_number(out, static_cast<double>(box.height));
  out += "re\n";
}

void append_boxes(std::string& out, std::vector<filled_box> const& boxes) {
  for (std::size_t at = 0; at < boxes.size(); ++at) {
    bool const new_ink = at == 0 || boxes[at].colour != boxes[at - 1].colour;
    if (new_ink && at > 0) out += "f\n";
    if (new_ink) append_ink(out, boxes[at].colour, "rg\n");
    append_box(out, boxes[at]);
  }
  if (!boxes.empty()) out += "f\n";
}

void append_path(std::string& out, path const& from) {
  if (from.lines.empty()) return;
  bool const filled = from.how == paint::fill;
  append_ink(out, from.colour, filled ? "rg\n" : "RG\n");
  if (!filled) {
    append_number(out, static_cast<double>(from.pen_pt));
    out += "w 1 J 1 j\n";
  }
  for (auto const& line : from.lines) {
    char const* op = "m\n";
    for (auto const point : line) {
      append_number(out, static_cast<double>(point.x));
      append_number(out, up(point.y));
      out += op;
      op = "l\n";
    }
    if (filled) out += "h\n";
  }
  out += filled ? "f\n" : "S\n";
}

void append_picture(std::string& out, placed_picture const& from) {
  out += "q ";
  append_number(out, static_cast<double>(from.width));
  out += "0 0 ";
  append_number(out, static_cast<double>(from.height));
  append_number(out, static_cast<double>(from.x));
  append_number(out, up(from.y + from.height));
  out += fmt::format("cm /P{} Do Q\n", from.picture);
}

/// The actual text of each line, empty where it needs none. A page's way follows from all that it
/// says, the marks in those texts included.
std::vector<std::u16string> actual_texts(std::vector<placed_line> const& lines) {
  std::vector<std::u16string> out(lines.size());
  std::vector<std::size_t> mixed;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    auto const& line = lines[at].line;
    if (runs_both_ways(*line.text, line.begin, line.end)) mixed.push_back(at);
  }
  if (mixed.empty()) return out;
  int lead = 0;
  for (auto const& each : lines) lead += lead_of(shown_text(each.line));
  auto const way = way_of(lead);
  for (auto const at : mixed) {
    auto const typed = shown_text(lines[at].line);
    out[at] = in_copied_order(typed, way);
    lead += lead_of(out[at]) - lead_of(typed);
  }
  if (way_of(lead) != way) {
    auto& last = out[mixed.back()];
    last = weighted(std::move(last), way, std::abs(lead) + 1);
  }
  return out;
}

}  // namespace

std::string page_operators(drawing const& page, text_stream& text) {
  std::string out;
  append_boxes(out, page.boxes);
  for (auto const& each : page.paths) append_path(out, each);
  for (auto const& each : page.pictures) append_picture(out, each);
  // Text starts in black whatever the boxes were filled with.
  if (!page.boxes.empty() || !page.paths.empty()) out += "0 g\n";
  auto const actual = actual_texts(page.lines);
  for (std::size_t at = 0; at < page.lines.size(); ++at) {
    auto const& each = page.lines[at];
    text.draw(each.line, static_cast<double>(each.x), up(each.baseline), actual[at]);
  }
  return out + text.take();
}

}  // namespace intake::pdf
