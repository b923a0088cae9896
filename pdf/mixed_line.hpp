#pragma once
#include "pdf/shape.hpp"

#include <cstdint>
#include <vector>

namespace intake::pdf {

/// What a line's text is drawn as at once. Lengths in thousandths of an em from the line's left.
struct line_atom {
  enum class kind : std::uint8_t {
    letters,  ///< run to the left; readers turn them round
    pointed,  ///< one of those with its points
    sign,     ///< one mark among letters that run to the left
    number,
    arabic_number,  ///< which readers turn round too, and again
    forward         ///< anything that runs to the right
  };

  std::size_t item = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  kind is = kind::forward;
  bool after_space = false;  ///< white space before it is not in it
  double left = 0;
  double right = 0;
};

/// Atoms, in logical order, that readers of a font's codes put in order as one.
struct line_piece {
  std::vector<line_atom> atoms;
  double left = 0;
  double right = 0;

  bool is_turned_round() const {
    auto const last = atoms.back().is;
    return atoms.size() > 1 || last == line_atom::kind::letters ||
           last == line_atom::kind::pointed || last == line_atom::kind::arabic_number;
  }
};

/// Whether text[begin, end), a line, holds letters that run to the left, or Arabic digits, and
/// anything else but spaces: then no reader can tell by the places of its glyphs what was typed.
bool runs_both_ways(shaped_text const& text, std::uint32_t begin, std::uint32_t end);

/// The line in pieces, in logical order.
std::vector<line_piece> pieces_of(shaped_text const& text, std::uint32_t begin, std::uint32_t end);

}  // namespace intake::pdf
