#include "pdf/content.hpp"
#include "pdf/unicode.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/compile.h>
#include <fmt/format.h>

/// How a line that runs both ways is written: within two spans, the outer of which says what was
/// typed, as the standard has it, and the inner what poppler has to be told, which takes the
/// innermost. PDFium goes by the places of the codes. pdf.js takes the codes as they come, in
/// pieces that end where a font or a mark does or the line goes back to the left, and turns letters
/// that run to the left round within a piece. It takes a gap for a space where the line goes on to
/// the right, and nowhere else.
namespace intake::pdf {
namespace {

// In thousandths of an em. pdf.js takes what is wider than 102 for a space.
constexpr double sure_space = 150;
constexpr double sure_neighbour = 90;

/// The mark, which says nothing new after letters that run to the left, keeps pdf.js from taking
/// the space for a gap, which it would forget when the line goes back.
constexpr std::u16string_view space_after_letters = u"\u200F ";

bool is_said_by_gap(line_piece const& piece, line_piece const& next) {
  return next.left - piece.right > sure_space;
}

glyph const* last_drawn(shaped_text const& text, line_piece const& piece) {
  auto const rightmost = std::max_element(
      piece.atoms.begin(), piece.atoms.end(),
      [](line_atom const& one, line_atom const& other) { return one.left < other.left; });
  auto const range =
      glyphs_between(text, text.items[rightmost->item], rightmost->begin, rightmost->end);
  return range.begin < range.end ? &text.glyphs[range.end - 1] : nullptr;
}

}  // namespace

void text_stream::draw_pieces(text_line const& line, std::u16string_view actual_text) {
  begin_span(shown_text(line));
  begin_span(actual_text);
  in_span_ = true;
  auto const pieces = pieces_of(*line.text, line.begin, line.end);
  std::vector<std::u16string> copied;
  // Poppler spreads the actual text from where the first code stands to where the last one ends.
  show_blank(zero_width_space, 0);
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    bool const is_last = at + 1 == pieces.size();
    ending_ = {};
    if (!is_last) set_ending(line, pieces[at], pieces[at + 1]);
    draw_piece(line, pieces[at], copied);
    if (!is_last) part(pieces[at], pieces[at + 1]);
  }
  ending_ = {};
  show_blank(zero_width_space, line.text->width_em(line.begin, line.end) * 1000);
  close_array();
  set_rise(0);
  in_span_ = false;
  out_ += "EMC EMC\n";
  for (auto const& each : copied) fidelity_.drawn(line.watched, each);
}

void text_stream::begin_span(std::u16string_view actual_text) {
  out_ += "/Span<</ActualText<FEFF";
  for (auto const unit : actual_text) {
    fmt::format_to(std::back_inserter(out_), FMT_COMPILE("{:04X}"),
                   static_cast<std::uint16_t>(unit));
  }
  out_ += ">>>BDC\n";
}

void text_stream::set_ending(text_line const& line, line_piece const& piece,
                             line_piece const& next) {
  auto const gap = next.left - piece.right;
  if (next.atoms.front().after_space) {
    bool const says_it = !piece.is_turned_round() && !is_said_by_gap(piece, next);
    if (says_it) ending_ = {last_drawn(*line.text, piece), u" ", 0};
  } else if (gap > sure_neighbour) {
    ending_ = {last_drawn(*line.text, piece), {}, gap};
  }
}

/// What stands between two pieces.
void text_stream::part(line_piece const& piece, line_piece const& next) {
  bool const is_spaced = next.atoms.front().after_space;
  if (is_spaced && piece.is_turned_round() && !is_said_by_gap(piece, next)) {
    show_blank(space_after_letters, next.left);
  }
  close_array();
}

void text_stream::draw_piece(text_line const& line, line_piece const& piece,
                             std::vector<std::u16string>& out) {
  auto const first = out.size();
  out.resize(first + piece.atoms.size());
  std::vector<std::size_t> from_the_left(piece.atoms.size());
  for (std::size_t at = 0; at < from_the_left.size(); ++at) from_the_left[at] = at;
  std::sort(from_the_left.begin(), from_the_left.end(), [&](std::size_t one, std::size_t other) {
    return piece.atoms[one].left < piece.atoms[other].left;
  });
  for (auto const at : from_the_left) out[first + at] = draw_atom(line, piece.atoms[at]);
}

std::u16string text_stream::draw_atom(text_line const& line, line_atom const& atom) {
  if (atom.is == line_atom::kind::pointed) return draw_pointed(line, atom);
  auto part = line;
  part.begin = atom.begin;
  part.end = atom.end;
  auto const& item = line.text->items[atom.item];
  target_ = atom.left;
  drawn_.clear();
  draw_item(part, item);
  return copied_text(item.level);
}

/// The letter, then its points, each by itself.
std::u16string text_stream::draw_pointed(text_line const& line, line_atom const& atom) {
  auto const& text = *line.text;
  auto const& item = text.items[atom.item];
  auto const range = glyphs_between(text, item, atom.begin, atom.end);
  auto const characters =
      shown_characters(std::u16string_view(text.text).substr(atom.begin, atom.end - atom.begin));
  std::size_t next = 0;
  scale_ = scale_of(item);
  drawn_.clear();
  auto right = atom.right;
  for (auto at = range.end; at-- > range.begin;) {
    auto const& each = text.glyphs[at];
    right -= each.advance * scale_;
    target_ = right;
    if (next > 0) close_array();
    draw_glyph(item, each, next < characters.size() ? characters[next] : zero_width_space);
    ++next;
  }
  for (; next < characters.size(); ++next) {
    close_array();
    show_blank(characters[next], pen_);
  }
  return copied_text(0);
}

std::size_t text_stream::draw_ending(shaped_item const& item, std::u16string_view copies_as) {
  auto const& each = *ending_.at;
  auto const text = std::u16string(copies_as) + std::u16string(ending_.text);
  auto const gap = ending_.gap;
  ending_ = {};
  auto const font = fonts_.font_for(item.face, each.id, text);
  if (gap == 0) return draw_glyph(item, each, text);
  auto const width = static_cast<int>(std::lround(each.advance * scale_ + gap));
  if (!fonts_[font].is_truetype()) return draw_behind_wide_blank(item, each, text, width);
  auto const rise_pt = each.y_offset * scale_ * static_cast<double>(size_pt_) / 1000;
  show(font, fonts_[font].wide_code_for(each.id, text, width), target_ + each.x_offset * scale_,
       rise_pt);
  target_ += each.advance * scale_;
  return font;
}

/// For faces whose codes are their glyphs, each with the one width that it has: a blank of the
/// embedded face says what the glyph is, and is as wide as need be. It comes first, since pdf.js
/// does not move on by what copies as nothing.
std::size_t text_stream::draw_behind_wide_blank(shaped_item const& item, glyph const& each,
                                                std::u16string_view copies_as, int width) {
  auto const font = fonts_.font_for(0, 0, copies_as);
  show(font, fonts_[font].blank_for(copies_as, width), target_, 0);
  draw_glyph(item, each, zero_width_space);
  return font;
}

void text_stream::show_blank(std::u16string_view copies_as, double x_thousandths) {
  // The embedded face, which has codes for whatever they say.
  auto const font = fonts_.font_for(0, 0, copies_as);
  show(font, fonts_[font].blank_for(copies_as), x_thousandths, 0);
}

}  // namespace intake::pdf
