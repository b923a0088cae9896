#pragma once
#include "pdf/shape.hpp"

#include <memory>
#include <vector>

namespace intake::pdf {

/// One line of a paragraph: text[begin, end) without the white space that hangs at its end.
struct line_cut {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Breaks paragraphs greedily at the opportunities of UAX #14, and inside a word, between graphemes
/// (UAX #29), only where the word alone is wider than the line. One per document: ICU's iterators
/// are slow to make.
class line_breaker {
 public:
  line_breaker();
  ~line_breaker();
  line_breaker(line_breaker const&) = delete;
  line_breaker& operator=(line_breaker const&) = delete;

  /// At least one line; a line is wider than `width_em` only if a single grapheme is.
  std::vector<line_cut> lines(shaped_text const& text, double width_em);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace intake::pdf
