#pragma once
#include "pdf/font_subset.hpp"
#include "pdf/mixed_line.hpp"
#include "pdf/text.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// All font objects of one document, in order of first use; the position is the resource name /F0,
/// /F1, …
class font_book {
 public:
  explicit font_book(typefaces const& faces);

  /// The font object that can say `text` for the face's glyph.
  std::size_t font_for(std::uint16_t face, std::uint32_t glyph, std::u16string_view text) {
    for (auto const font : of_face_[face]) {
      if (uses_[font]->can_take(glyph, text)) return font;
    }
    return add(face);
  }
  font_use& operator[](std::size_t font) { return *uses_[font]; }
  std::span<std::unique_ptr<font_use> const> uses() const { return uses_; }

 private:
  std::size_t add(std::uint16_t face);

  typefaces const& faces_;
  std::vector<std::unique_ptr<font_use>> uses_;
  std::vector<std::vector<std::size_t>> of_face_;
};

/// `value` with at most two decimals, as PDF writes numbers, and a space after it.
void append_number(std::string& out, double value);

/// Writes the text of one page's content stream (ISO 32000-1, 9.4), in the order a reader would
/// read it.
class text_stream {
 public:
  text_stream(typefaces const& faces, font_book& fonts, fidelity_check& fidelity)
      : faces_(faces.all()), fonts_(fonts), fidelity_(fidelity) {}

  /// Draws a line with its left edge at `x` and its baseline at `y`, in points from the page's
  /// lower left corner. A line that runs both ways needs its `actual_text` (14.9.4).
  void draw(text_line const& line, double x, double y, std::u16string_view actual_text = {});
  /// The operators so far, between BT and ET; the stream starts anew.
  std::string take();

 private:
  void draw_as_it_stands(text_line const& line);
  void draw_pieces(text_line const& line, std::u16string_view actual_text);
  void begin_span(std::u16string_view actual_text);
  void draw_piece(text_line const& line, line_piece const& piece, std::vector<std::u16string>& out);
  std::u16string draw_atom(text_line const& line, line_atom const& atom);
  std::u16string draw_pointed(text_line const& line, line_atom const& atom);
  void set_ending(text_line const& line, line_piece const& piece, line_piece const& next);
  void part(line_piece const& piece, line_piece const& next);
  std::size_t draw_ending(shaped_item const& item, std::u16string_view copies_as);
  std::size_t draw_behind_wide_blank(shaped_item const& item, glyph const& each,
                                     std::u16string_view copies_as, int width);
  void show_blank(std::u16string_view copies_as, double x_thousandths);
  void draw_item(text_line const& line, shaped_item const& item);
  void draw_cluster(shaped_text const& text, shaped_item const& item, glyph_range cluster,
                    std::uint32_t text_end);
  void draw_last(shaped_item const& item, glyph const& last,
                 std::span<std::u16string_view const> rest);
  std::size_t draw_glyph(shaped_item const& item, glyph const& each, std::u16string_view copies_as);
  void show(std::size_t font, std::uint16_t code, double x_thousandths, double rise_pt);
  std::u16string copied_text(std::uint8_t level);
  double scale_of(shaped_item const& item) const;

  void move_to(double x, double y);
  void set_colour(ink colour);
  void set_font(std::size_t font);
  void set_rise(double rise_pt);
  void close_string();
  void close_array();

  /// What the last glyph of a piece says and takes beyond itself.
  struct piece_ending {
    glyph const* at = nullptr;
    std::u16string_view text{};
    double gap = 0;
  };

  std::span<face const> faces_;
  font_book& fonts_;
  fidelity_check& fidelity_;
  std::string out_;
  std::vector<std::pair<std::size_t, std::uint16_t>> drawn_;  ///< the codes of the current item
  double origin_x_ = 0;                                       ///< where Td counts from
  double origin_y_ = 0;
  double pen_ = 0;     ///< the viewer's pen, in thousandths of an em from the line's start
  double target_ = 0;  ///< where the next glyph's origin belongs
  double scale_ = 0;   ///< of the item at hand: font units to thousandths of an em
  double rise_pt_ = 0;
  float size_pt_ = 0;
  float font_size_pt_ = 0;
  std::size_t font_ = SIZE_MAX;
  ink colour_;
  piece_ending ending_;
  bool in_array_ = false;
  bool in_string_ = false;
  bool in_span_ = false;
};

}  // namespace intake::pdf
