#pragma once
#include "pdf/face.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace intake::pdf {

/// What a font object needs beside its dictionaries (ISO 32000-1, 9.7.4: CIDFonts).
struct font_program {
  std::string file;        ///< subset: a TrueType file, or the bare CFF table
  std::string cid_to_gid;  ///< TrueType only: two bytes a code
  std::string to_unicode;  ///< CMap text
  std::string name;        ///< with the tag of a subset
};

/// The glyphs of one face that a document uses, as two-byte codes. For TrueType a code stands for a
/// (glyph, text) pair, so that a glyph drawn for different texts copies as each of them; for CFF it
/// is the glyph itself.
class font_use {
 public:
  static constexpr std::uint32_t codes_max = 0xFFFF;

  explicit font_use(face const& of);

  /// False where this font object cannot say `text` for `glyph`: it is full, or CFF and the glyph
  /// says another text.
  bool can_take(std::uint32_t glyph, std::u16string_view text) const {
    if (is_truetype_) return entries_.size() < codes_max;
    auto const first = first_of_glyph_[glyph];
    return first == 0 || entries_[first - 1U].text == text;
  }
  /// The code that draws `glyph` and copies as `text`, which must not be empty. Needs can_take().
  std::uint16_t code_for(std::uint32_t glyph, std::u16string_view text) {
    // Most glyphs of a page have said the same before.
    auto const first = first_of_glyph_[glyph];
    if (first == 0 || entries_[first - 1U].text != text) return new_code(glyph, text);
    return static_cast<std::uint16_t>(is_truetype_ ? first - 1U : glyph);
  }
  /// A code of that pair that advances by `width` thousandths of an em. TrueType only.
  std::uint16_t wide_code_for(std::uint32_t glyph, std::u16string_view text, int width);
  /// A code that draws nothing, advances by `width` as above and copies as `text`. TrueType only.
  std::uint16_t blank_for(std::u16string_view text, int width = 0);

  /// What the code copies as.
  std::u16string_view text_of(std::uint16_t code) const;
  /// Thousandths of an em.
  int width_of(std::uint16_t code) const { return entries_[index_of(code)].width; }

  bool is_truetype() const { return is_truetype_; }
  face const& of() const { return face_; }
  /// Codes in rising order.
  std::vector<std::uint16_t> codes() const;
  /// Cuts the subset. Throws std::runtime_error if HarfBuzz cannot.
  font_program program() const;

 private:
  struct entry {
    std::uint32_t glyph = 0;
    std::u16string text;
    int width = 0;
  };
  struct pair_hash {
    std::size_t operator()(std::pair<std::uint32_t, std::u16string> const& pair) const {
      return std::hash<std::u16string_view>{}(pair.second) * 31 + pair.first;
    }
  };

  std::size_t index_of(std::uint16_t code) const {
    return is_truetype_ ? code : first_of_glyph_[code] - 1U;
  }
  /// Of a glyph that is new, or says another text than at first.
  std::uint16_t new_code(std::uint32_t glyph, std::u16string_view text);
  std::uint16_t add(std::uint32_t glyph, std::u16string_view text, int width);

  face const& face_;
  bool is_truetype_;
  std::vector<entry> entries_;                 ///< TrueType: [code]; CFF: in order of first use
  std::vector<std::uint16_t> first_of_glyph_;  ///< index into entries_ plus one; 0 where unused
  std::unordered_map<std::pair<std::uint32_t, std::u16string>, std::uint16_t, pair_hash> others_;
  std::map<std::tuple<std::uint32_t, std::u16string, int>, std::uint16_t> wide_;
};

}  // namespace intake::pdf
