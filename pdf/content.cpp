#include "pdf/content.hpp"

#include "pdf/unicode.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/compile.h>
#include <fmt/format.h>

namespace intake::pdf {
namespace {

/// PDFium, which would not put an actual text in order as poppler does, leaves it alone where the
/// last mark around an array has an empty one. Poppler looks at spans only.
constexpr std::string_view own_codes = "/Codes<</ActualText()>>BDC ";

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

void text_stream::draw(text_line const& line, double x, double y, std::u16string_view actual_text) {
  if (line.begin == line.end) return;
  if (out_.empty()) out_ = "BT\n";
  move_to(x, y);
  set_colour(line.colour);
  size_pt_ = line.size_pt;
  pen_ = target_ = 0;
  if (actual_text.empty()) {
    draw_as_it_stands(line);
  } else {
    draw_pieces(line, actual_text);
  }
  close_array();
  set_rise(0);
}

void text_stream::draw_as_it_stands(text_line const& line) {
  auto const& items = line.text->items;
  for (auto at = item_at(*line.text, line.begin); at < items.size(); ++at) {
    if (items[at].begin >= line.end) break;
    drawn_.clear();
    draw_item(line, items[at]);
    if (line.watched != unwatched) fidelity_.drawn(line.watched, copied_text(items[at].level));
  }
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
  auto const characters =
      shown_characters(std::u16string_view(text.text).substr(text_begin, text_end - text_begin));
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
  if (&each == ending_.at) return draw_ending(item, copies_as);
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
    if (in_span_) out_ += own_codes;
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
  if (in_array_) out_ += in_span_ ? "]TJ EMC\n" : "]TJ\n";
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
