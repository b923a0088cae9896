#pragma once
#include "pdf/fidelity.hpp"
#include "pdf/line_break.hpp"
#include "pdf/shape.hpp"

#include <deque>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// A colour that also reads on a grey printer; each part 0 to 1.
struct ink {
  float red = 0;
  float green = 0;
  float blue = 0;
  bool operator==(ink const&) const = default;
};

struct text_style {
  float size_pt = 10;
  weight drawn_as = weight::regular;
  ink colour{};
  direction base = direction::automatic;
  wording whose = wording::of_person;
};

/// One line ready to be placed. `text` belongs to the typesetter that made it.
struct text_line {
  shaped_text const* text = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  float width_pt = 0;
  float ascent_pt = 0;
  float descent_pt = 0;
  float size_pt = 0;
  ink colour{};
  watch_id watched = unwatched;

  float height_pt() const { return ascent_pt + descent_pt; }
};

/// What a page shows of the line, white space included.
std::u16string shown_text(text_line const& line);

/// Turns the texts of one document into lines. Owns the shaped texts that its lines point into.
class typesetter {
 public:
  /// `kept` outlives the typesetter.
  typesetter(typefaces const& faces, std::string_view language, form_words& kept);

  /// UTF-8 to lines no wider than `width_pt` (a single grapheme may be). No line for an empty text;
  /// several blank lines in a row are set as one.
  std::vector<text_line> set(std::string_view utf8, text_style const& style, float width_pt,
                             watch_id watched = unwatched);

  /// The first line only, ended by an ellipsis where the text goes on: for page furniture, never
  /// for an answer.
  text_line set_one(std::string_view utf8, text_style const& style, float width_pt);

  /// Gives back the memory of all lines made so far, which must not be used any more. Words stay
  /// remembered.
  void forget() { kept_.clear(); }

 private:
  shaped_text const* keep(shaped_text text);
  text_line line_of(shaped_text const* text, line_cut cut, text_style const& style) const;
  text_line fit(shaped_text const& text, line_cut& cut, text_style const& style, float width_pt);
  void set_paragraph(std::u16string_view part, text_style const& style, float width_pt,
                     std::vector<text_line>& out);

  typefaces const& faces_;
  shaper shaper_;
  line_breaker breaker_;
  std::deque<shaped_text> kept_;
};

}  // namespace intake::pdf
