#pragma once
#include "pdf/itemise.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// One glyph of an item, in the order it is drawn (left to right). Lengths in font units.
struct glyph {
  std::uint32_t id = 0;
  std::uint32_t cluster =
      0;  ///< where its text begins, UTF-16 units from the start of the paragraph
  std::int32_t advance = 0;
  std::int32_t x_offset = 0;
  std::int32_t y_offset = 0;
  bool unsafe_to_break = false;
};

struct shaped_item : text_item {
  std::uint32_t glyph_begin = 0;
  std::uint32_t glyph_end = 0;
};

/// One paragraph without hard breaks, as glyphs. Independent of the size it is drawn at.
struct shaped_text {
  std::u16string text;
  std::vector<shaped_item> items;  ///< in logical order
  std::vector<glyph> glyphs;
  std::vector<double>
      edge;  ///< [i] = advance of text[0, i) in em; a cluster's is all at its first unit
  bool right_to_left = false;

  double width_em(std::size_t begin, std::size_t end) const { return edge[end] - edge[begin]; }
};

/// Whose words a text is: a form's stand on the copies of all patients.
enum class wording : std::uint8_t { of_person, of_form };

/// Plain words of forms, shaped: a clinic's copies ask the same questions all day. May serve one
/// document after another, drawn with the same faces, in one thread at a time. What a person wrote
/// never gets in.
class form_words {
 public:
  /// For each language and face; words past it are shaped anew in each document.
  static constexpr std::size_t words_max = 4096;

  form_words();
  ~form_words();
  form_words(form_words const&) = delete;
  form_words& operator=(form_words const&) = delete;

  std::size_t size() const;

 private:
  friend class shaper;
  struct state;
  std::unique_ptr<state> state_;
};

/// Turns items into glyphs with HarfBuzz. Plain words are remembered, as forms repeat them. One per
/// document: what a person wrote never outlives it.
class shaper {
 public:
  /// `language` is a BCP 47 tag; it picks local letter forms. `kept` outlives the shaper.
  shaper(typefaces const& faces, std::string_view language, form_words& kept);
  ~shaper();
  shaper(shaper const&) = delete;
  shaper& operator=(shaper const&) = delete;

  shaped_text shape(itemised_text input, wording whose);
  /// text[begin, end) of `from` shaped as a line of its own: letters joined across the cut take
  /// their end forms.
  shaped_text reshape(shaped_text const& from, std::uint32_t begin, std::uint32_t end);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// The glyphs of `item` whose text begins in [begin, end), in drawing order: indexes into
/// text.glyphs.
struct glyph_range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
glyph_range glyphs_between(shaped_text const& text, shaped_item const& item, std::uint32_t begin,
                           std::uint32_t end);

/// The first item that ends after `at`.
std::size_t item_at(shaped_text const& text, std::uint32_t at);

/// Whether glyphs can be parted at `at` without shaping again.
bool is_safe_cut(shaped_text const& text, std::uint32_t at);

}  // namespace intake::pdf
