#pragma once
#include "pdf/typefaces.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// Which way a paragraph runs; `automatic` follows its first strong character (UAX #9, P2).
enum class direction : std::uint8_t { automatic, left_to_right, right_to_left };

/// A stretch of text with one bidi level, one script and one face: what a shaper takes at once.
struct text_item {
  std::uint32_t begin = 0;  ///< UTF-16 units
  std::uint32_t end = 0;
  std::uint32_t script = 0;  ///< ISO 15924 tag, as hb_script_t has it
  std::uint16_t face = 0;    ///< index into typefaces::all()
  std::uint8_t level = 0;    ///< UAX #9 embedding level; odd is right-to-left
};

struct itemised_text {
  std::u16string text;  ///< what is printed: undrawable characters replaced by their label
  std::vector<text_item> items;
  bool right_to_left = false;
};

/// Replaces what no face can draw (code_point_label), then cuts one hard line into items. `line` is
/// NFC.
itemised_text itemise(std::u16string_view line, weight wanted, direction base,
                      typefaces const& faces);

/// `line` as itemise() prints it.
std::u16string printable(std::u16string_view line, typefaces const& faces);

}  // namespace intake::pdf
