#include "pdf/content.hpp"

#include "pdf/unicode.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/compile.h>
#include <fmt/format.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

constexpr std::u16string_view zero_width_space = u"\u200B";

/// Puts items, which come in logical order from `first` on, in the order they stand on the line
/// (UAX #9, L2).
void put_in_visual_order(std::vector<std::size_t>& order, shaped_text const& text) {
  std::vector<UBiDiLevel> levels;
  for (auto const at : order) levels.push_back(text.items[at].level);
  std::vector<int32_t> map(order.size());
  ubidi_reorderVisual(levels.data(), static_cast<int32_t>(levels.size()), map.data());
  auto const first = order.front();
  for (std::size_t at = 0; at < order.size(); ++at) {
    order[at] = first + static_cast<std::size_t>(map[at]);
  }
}

/// The characters of [begin, end) that a page shows, white space included.
std::vector<std::u16string_view> shown_characters(std::u16string_view text, std::size_t begin,
                                                  std::size_t end) {
  std::vector<std::u16string_view> out;
  for (auto at = begin; at < end;) {
    auto const from = at;
    UChar32 code_point = 0;
    U16_NEXT(text.data(), at, end, code_point);
    if (!is_ignorable(static_cast<char32_t>(code_point))) {
      out.push_back(text.substr(from, at - from));
    }
  }
  return out;
}

bool has_letters_to_the_left(shaped_text const& text, shaped_item const& item) {
  auto const part = std::u16string_view(text.text).substr(item.begin, item.end - item.begin);
  return (item.level & 1) != 0 && std::any_of(part.begin(), part.end(), [](char16_t unit) {
           return u_isalpha(unit) != 0 || U16_IS_SURROGATE(unit);
         });
}

bool are_marks_to_the_left(shaped_text const& text, shaped_item const& item) {
  return (item.level & 1) != 0 && !has_letters_to_the_left(text, item);
}

bool begins_cluster(shaped_text const& text, shaped_item const& item, std::uint32_t at) {
  auto const cluster = glyphs_between(text, item, at, at + 1);
  return cluster.begin < cluster.end;
}

/// Whether readers turn both round together.
bool joined(shaped_text const& text, shaped_item const& one, shaped_item const& other) {
  return one.face == other.face &&
         (has_letters_to_the_left(text, one) || has_letters_to_the_left(text, other));
}

/// ISO 32000-1, 7.3.4.2: only these need it; a bare CR would be read as LF.
constexpr bool needs_escape(char byte) {
  return byte == '(' || byte == ')' || byte == '\\' || byte == '\r';
}

void append_escaped(std::string& out, char byte) {
  if (needs_escape(byte)) out += '\\';
  out += byte == '\r' ? 'r' : byte;
}

void append_code(std::string& out, std::uint16_t code) {
  std::array const bytes{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  if (needs_escape(bytes[0]) || needs_escape(bytes[1])) {
    append_escaped(out, bytes[0]);
    append_escaped(out, bytes[1]);
  } else {
    out.append(bytes.data(), bytes.size());
  }
}

}  // namespace

font_book::font_book(typefaces const& faces) : faces_(faces), of_face_(faces.all().size()) {}

std::size_t font_book::add(std::uint16_t face) {
  uses_.push_back(std::make_unique<font_use>(faces_.all()[face]));
  of_face_[face].push_back(uses_.size() - 1);
  return uses_.size() - 1;
}

void append_number(std::string& out, double value) {
  auto const hundredths = std::llround(value * 100);
  auto const whole = std::llabs(hundredths);
  std::array<char, 24> text{};
  auto* end = text.data();
  if (hundredths < 0) *end++ = '-';
  end = fmt::format_to(end, FMT_COMPILE("{}"), whole / 100);
  if (auto const rest = whole % 100; rest != 0) {
    *end++ = '.';
    *end++ = static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) *end++ = static_cast<char>('0' + rest % 10);
  }
  *end++ = ' ';
  out.append(text.data(), end);
}

void text_stream::draw(text_line const& line, double x, double y) {
  if (line.begin == line.end) return;
  if (out_.empty()) out_ = "BT\n";
  move_to(x, y);
  set_colour(line.colour);
  size_pt_ = line.size_pt;
  pen_ = target_ = 0;
  auto const first = item_at(*line.text, line.begin);
  auto last = first;
  auto const& items = line.text->items;
  while (last < items.size() && items[last].begin < line.end) ++last;
  if (last - first == 1) {
    draw_and_check(line, items[first]);
  } else {
    draw_items(line, first, last);
  }
  close_array();
  set_rise(0);
}

void text_stream::draw_and_check(text_line const& line, shaped_item const& item) {
  drawn_.clear();
  draw_item(line, item);
  if (line.watched != unwatched) fidelity_.drawn(line.watched, copied_text(item.level));
}

/// Items stand in visual order. Around letters that run to the left, neighbours of one face are
/// drawn from left to right, and readers turn them round as a whole; such groups, and all other
/// items, are drawn in logical order, because readers take what changes the font as it comes.
void text_stream::draw_items(text_line const& line, std::size_t first, std::size_t last) {
  std::vector<std::size_t> order(last - first);
  std::iota(order.begin(), order.end(), first);
  if (!order.empty()) put_in_visual_order(order, *line.text);
  auto groups = groups_of_one_face(line, order);
  std::sort(groups.begin(), groups.end(), [](item_group const& one, item_group const& other) {
    return one.first_logical < other.first_logical;
  });
  std::vector<std::u16string> copied(order.size());
  for (auto const& group : groups) {
    target_ = group.start;
    for (auto at = group.begin; at < group.end; ++at) {
      auto const& item = line.text->items[order[at]];
      bool const alone = group.end - group.begin == 1;
      copied[order[at] - first] = alone && are_marks_to_the_left(*line.text, item)
                                      ? draw_marks(line, item)
                                      : draw_whole(line, item);
    }
  }
  for (auto const& each : copied) fidelity_.drawn(line.watched, each);
}

std::u16string text_stream::draw_whole(text_line const& line, shaped_item const& item) {
  drawn_.clear();
  draw_item(line, item);
  return line.watched == unwatched ? std::u16string() : copied_text(item.level);
}

/// Marks between runs, one by one from the right: with no letter among them nobody turns them
/// round.
std::u16string text_stream::draw_marks(text_line const& line, shaped_item const& item) {
  std::u16string copied;
  auto right = target_ + width_of(line, item);
  auto const end = std::min(item.end, line.end);
  auto part = line;
  for (part.begin = std::max(item.begin, line.begin); part.begin < end; part.begin = part.end) {
    part.end = part.begin + 1;
    while (part.end < end && !begins_cluster(*line.text, item, part.end)) ++part.end;
    right -= width_of(part, item);
    target_ = right;
    copied += draw_whole(part, item);
  }
  return copied;
}

std::vector<text_stream::item_group> text_stream::groups_of_one_face(
    text_line const& line, std::span<std::size_t const> order) const {
  std::vector<item_group> groups;
  double x = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    auto const& item = line.text->items[order[at]];
    bool const joins = at > 0 && joined(*line.text, line.text->items[order[at - 1]], item);
    if (!joins) groups.push_back({at, at, order[at], x});
    groups.back().end = at + 1;
    groups.back().first_logical = std::min(groups.back().first_logical, order[at]);
    x += width_of(line, item);
  }
  return groups;
}

double text_stream::width_of(text_line const& line, shaped_item const& item) const {
  auto const range = glyphs_between(*line.text, item, std::max(item.begin, line.begin),
                                    std::min(item.end, line.end));
  double units = 0;
  for (auto at = range.begin; at < range.end; ++at) units += line.text->glyphs[at].advance;
  return units * scale_of(item);
}

std::u16string text_stream::copied_text(std::uint8_t level) {
  if ((level & 1) != 0) std::reverse(drawn_.begin(), drawn_.end());
  std::u16string out;
  for (auto const& [font, code] : drawn_) out += fonts_[font].text_of(code);
  return out;
}

void text_stream::draw_item(text_line const& line, shaped_item const& item) {
  auto const& text = *line.text;
  auto const begin = std::max(item.begin, line.begin);
  auto const end = std::min(item.end, line.end);
  auto const range = glyphs_between(text, item, begin, end);
  scale_ = scale_of(item);
  bool const reversed = (item.level & 1) != 0;
  auto text_end = end;
  for (auto at = range.begin; at < range.end;) {
    auto const cluster = text.glyphs[at].cluster;
    auto next = at + 1;
    while (next < range.end && text.glyphs[next].cluster == cluster) ++next;
    if (!reversed) text_end = next < range.end ? text.glyphs[next].cluster : end;
    draw_cluster(text, item, {at, next}, text_end);
    if (reversed) text_end = cluster;
    at = next;
  }
}

/// Gives a cluster's characters to its glyphs so that copying gives them back in reading order.
/// Viewers take codes from left to right and turn right-to-left runs round letter by letter, so
/// there a code may hold one letter only.
void text_stream::draw_cluster(shaped_text const& text, shaped_item const& item,
                               glyph_range cluster, std::uint32_t text_end) {
  auto const text_begin = text.glyphs[cluster.begin].cluster;
  auto const count = cluster.end - cluster.begin;
  if (count == 1 && text_end - text_begin == 1 && !is_ignorable(text.text[text_begin])) {
    draw_glyph(item, text.glyphs[cluster.begin],
               std::u16string_view(text.text).substr(text_begin, 1));
    return;
  }
  auto const characters = shown_characters(text.text, text_begin, text_end);
  bool const reversed = (item.level & 1) != 0;
  for (std::uint32_t visual = 0; visual < count; ++visual) {
    auto const& each = text.glyphs[cluster.begin + visual];
    auto const logical = reversed ? count - 1 - visual : visual;
    if (characters.empty()) {
      target_ += each.advance * scale_;
    } else if (logical >= characters.size()) {
      draw_glyph(item, each, zero_width_space);
    } else if (logical + 1 < count) {
      draw_glyph(item, each, characters[logical]);
    } else {
      draw_last(item, each, std::span(characters).subspan(logical));
    }
  }
}

void text_stream::draw_last(shaped_item const& item, glyph const& last,
                            std::span<std::u16string_view const> rest) {
  bool const letter_by_letter =
      (item.level & 1) != 0 && faces_[item.face].outlines == outline_format::truetype;
  if (!letter_by_letter) {
    std::u16string joined;
    for (auto const each : rest) joined += each;
    draw_glyph(item, last, joined);
    return;
  }
  auto const font = draw_glyph(item, last, rest.back());
  for (auto at = rest.size() - 1; at-- > 0;) {
    show(font, fonts_[font].blank_for(rest[at]), pen_, rise_pt_);
  }
}

double text_stream::scale_of(shaped_item const& item) const {
  return 1000.0 / faces_[item.face].units_per_em;
}

std::size_t text_stream::draw_glyph(shaped_item const& item, glyph const& each,
                                    std::u16string_view copies_as) {
  auto const font = fonts_.font_for(item.face, each.id, copies_as);
  auto const rise_pt =
      each.y_offset == 0 ? 0 : each.y_offset * scale_ * static_cast<double>(size_pt_) / 1000;
  show(font, fonts_[font].code_for(each.id, copies_as), target_ + each.x_offset * scale_, rise_pt);
  target_ += each.advance * scale_;
  return font;
}

void text_stream::show(std::size_t font, std::uint16_t code, double x_thousandths, double rise_pt) {
  if (font != font_ || size_pt_ != font_size_pt_) set_font(font);
  if (rise_pt != rise_pt_) set_rise(rise_pt);
  if (!in_array_) {
    out_ += '[';
    in_array_ = true;
  }
  // TJ moves left by thousandths (9.4.3). Rounding is against the true pen, so it never adds up.
  if (auto const gap = x_thousandths - pen_; gap >= 0.5 || gap <= -0.5) {
    auto const move = std::lround(gap);
    close_string();
    fmt::format_to(std::back_inserter(out_), FMT_COMPILE("{}"), -move);
    pen_ += static_cast<double>(move);
  }
  if (!in_string_) {
    out_ += '(';
    in_string_ = true;
  }
  append_code(out_, code);
  pen_ += fonts_[font].width_of(code);
  drawn_.emplace_back(font, code);
}

void text_stream::move_to(double x, double y) {
  // Td counts from the start of the last line; hundredths of a point keep the sum exact.
  auto const to_x = std::round(x * 100) / 100;
  auto const to_y = std::round(y * 100) / 100;
  append_number(out_, to_x - origin_x_);
  append_number(out_, to_y - origin_y_);
  out_ += "Td\n";
  origin_x_ = to_x;
  origin_y_ = to_y;
}

void text_stream::set_colour(ink colour) {
  if (colour == colour_) return;
  colour_ = colour;
  for (auto const part : {colour.red, colour.green, colour.blue}) {
    append_number(out_, static_cast<double>(part));
  }
  out_ += "rg\n";
}

void text_stream::set_font(std::size_t font) {
  close_array();
  font_ = font;
  font_size_pt_ = size_pt_;
  fmt::format_to(std::back_inserter(out_), FMT_COMPILE("/F{} "), font);
  append_number(out_, static_cast<double>(size_pt_));
  out_ += "Tf\n";
}

void text_stream::set_rise(double rise_pt) {
  if (rise_pt == rise_pt_) return;
  close_array();
  rise_pt_ = rise_pt;
  append_number(out_, rise_pt);
  out_ += "Ts\n";
}

void text_stream::close_string() {
  if (in_string_) out_ += ')';
  in_string_ = false;
}

void text_stream::close_array() {
  close_string();
  if (in_array_) out_ += "]TJ\n";
  in_array_ = false;
}

std::string text_stream::take() {
  if (!out_.empty()) out_ += "ET\n";
  auto operators = std::move(out_);
  out_.clear();
  // A page's content stream begins in the default state.
  origin_x_ = origin_y_ = 0;
  rise_pt_ = 0;
  font_ = SIZE_MAX;
  colour_ = {};
  return operators;
}

}  // namespace intake::pdf
