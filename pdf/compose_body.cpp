#include "pdf/body_figure.hpp"
#include "pdf/compose.hpp"
#include "pdf/style.hpp"

#include <algorithm>
#include <charconv>

namespace intake::pdf {
namespace {

constexpr float figure_gap_pt = 12;
constexpr float caption_height_pt = 13;
constexpr float number_radius_pt = 5.2F;

int strength_of(body_mark const& from) {
  int number = 5;
  std::from_chars(from.strength.data(), from.strength.data() + from.strength.size(), number);
  return number;
}

std::vector<body_fill> fills_of(body_map const& from) {
  std::vector<body_fill> out;
  for (auto const& each : from.marks) out.push_back({each.region, strength_of(each)});
  return out;
}

/// A white disc with a black rim behind a number.
void add_disc(drawing& into, stroke_point centre, float radius) {
  constexpr float bow = 0.7071F;
  auto const at = [&](float x, float y) {
    return stroke_point{centre.x + x * radius, centre.y + y * radius};
  };
  std::vector<stroke_point> const rim{
      at(1, 0),  at(0.924F, 0.383F),   at(bow, bow),   at(0.383F, 0.924F),
      at(0, 1),  at(-0.383F, 0.924F),  at(-bow, bow),  at(-0.924F, 0.383F),
      at(-1, 0), at(-0.924F, -0.383F), at(-bow, -bow), at(-0.383F, -0.924F),
      at(0, -1), at(0.383F, -0.924F),  at(bow, -bow),  at(0.924F, -0.383F),
      at(1, 0)};
  into.paths.push_back({{rim}, paint::fill, style::white, 0});
  into.paths.push_back({{rim}, paint::stroke, style::black, 0.6F});
}

void put_centred(drawing& into, text_line const& line, stroke_point centre) {
  // Digits have no descent: their middle is half their height above the baseline.
  auto const baseline = centre.y + line.size_pt * 0.36F;
  into.lines.push_back({line, centre.x - line.width_pt / 2, baseline});
}

/// What stands below and beside a figure.
struct figure_words {
  std::string_view caption;
  std::string_view left;
  std::string_view right;
};

class figure_drawer {
 public:
  figure_drawer(typesetter& type, body_map const& from) : type_(type), from_(from) {}

  /// Draws one side at `x` and gives its width.
  float draw(drawing& into, body_side side, float x, figure_words const& words) {
    auto const figure = draw_body(side, fills_of(from_), style::body_height_pt);
    into.add(figure.shapes, x, 0);
    for (auto const& place : figure.places) number(into, place, x);
    auto const middle = x + figure.width_pt / 2;
    auto const below = figure.height_pt + 5;
    caption(into, words.caption, {middle, below});
    caption(into, words.left, {x + 10, below});
    caption(into, words.right, {x + figure.width_pt - 10, below});
    return figure.width_pt;
  }

 private:
  void number(drawing& into, body_place const& place, float x) {
    auto const mark = std::find_if(from_.marks.begin(), from_.marks.end(),
                                   [&](auto const& each) { return each.region == place.region; });
    if (mark == from_.marks.end() || mark->strength.empty()) return;
    stroke_point const centre{x + place.centre.x, place.centre.y};
    add_disc(into, centre, number_radius_pt);
    put_centred(into, type_.set_one(mark->strength, style::body_number, 2 * number_radius_pt),
                centre);
  }

  void caption(drawing& into, std::string_view text, stroke_point centre) {
    put_centred(into, type_.set_one(text, style::body_caption, style::content_width_pt), centre);
  }

  typesetter& type_;
  body_map const& from_;
};

}  // namespace

composer::text_lines composer::mark_lines(body_mark const& from, float width_pt) {
  auto text = from.label;
  if (!from.strength.empty()) {
    auto strength = words_.strength;
    if (auto const at = strength.find("{strength}"); at != std::string::npos) {
      strength.replace(at, 10, from.strength);
    }
    text += ": " + strength;
  }
  auto lines = watched_lines(from.key, text, style::body, width_pt);
  append(lines, watched_lines(from.key, from.label_own_words, style::answer_own_words, width_pt));
  return lines;
}

/// How high facts would be, one below the other.
float composer::height_of(std::span<fact const> from, float width_pt) {
  float height = 0;
  for (auto const& each : from) {
    for (auto const& line : type_.set(each.label, style::fact_label, width_pt)) {
      height += line.height_pt();
    }
    for (auto const& line : type_.set(each.value, style::flowing_value, width_pt)) {
      height += line.height_pt();
    }
  }
  return height;
}

void composer::operator()(body_map const& from) {
  drawing figures;
  figure_drawer drawer(type_, from);
  float x = drawer.draw(figures, body_side::front, 0, {words_.front, words_.right, words_.left});
  x += figure_gap_pt;
  x += drawer.draw(figures, body_side::back, x, {words_.back, words_.left, words_.right});
  x += style::column_gap_pt;

  auto const height = style::body_height_pt + caption_height_pt;
  auto const rest = style::content_width_pt - x;
  auto const half = (rest - style::column_gap_pt) / 2;
  bool const fits = !from.beside.empty() && height_of(from.beside, half) <= height;
  std::vector<column_box> columns{{x, fits ? half : rest, {}}};
  auto& list = columns.front();
  append(list.lines, type_.set(from.title, style::fact_label, list.width));
  for (auto const& each : from.marks) append(list.lines, mark_lines(each, list.width));
  column_box const below{x, list.width, take_below(list.lines, height)};
  if (fits) {
    columns.push_back({x + half + style::column_gap_pt, half, {}});
    for (auto const& each : from.beside) {
      append(columns[1].lines, type_.set(each.label, style::fact_label, half));
      append(columns[1].lines, watched_lines(each.key, each.value, style::flowing_value, half));
    }
  }
  // What the lists say is read before the figures' numbers.
  for (auto& each : figures.lines) each.column = static_cast<std::uint32_t>(columns.size());
  auto drawn = solid_row(columns, {});
  drawn.content.add(figures, 0, 0);
  drawn.height = std::max(drawn.height, height);
  push({std::move(drawn)}, style::block_gap_pt);
  if (!below.lines.empty()) push(row_strips({&below, 1}, {}), 0);
  if (!fits && !from.beside.empty()) (*this)(facts{from.beside});
}

void composer::operator()(contents const& from) {
  if (from.entries.empty()) return;
  push_text(words_.contents, style::group, 12, after::keep_with_next);
  constexpr std::size_t columns = 2;
  constexpr float width = (style::content_width_pt - style::column_gap_pt) / columns;
  auto const rows = (from.entries.size() + columns - 1) / columns;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<column_box> boxes;
    std::vector<page_link> links;
    for (std::size_t at = row; at < from.entries.size(); at += rows) {
      auto const x = static_cast<float>(boxes.size()) * (width + style::column_gap_pt);
      auto const& entry = from.entries[at];
      boxes.push_back({x,
                       width - style::contents_page_width_pt,
                       {type_.set_one(entry.text, style::contents_entry,
                                      width - style::contents_page_width_pt)}});
      auto const column = static_cast<std::uint32_t>(links.size());
      links.push_back({entry.target, x, 0, width, 0, 0, column});
    }
    auto line = solid_row(boxes, {1, 1});
    for (auto& each : links) each.height = line.height;
    line.content.links = std::move(links);
    push({std::move(line)}, 0);
  }
}

}  // namespace intake::pdf
