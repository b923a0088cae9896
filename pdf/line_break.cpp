#include "pdf/line_break.hpp"

#include <algorithm>
#include <stdexcept>

#include <unicode/ubrk.h>

namespace intake::pdf {
namespace {

struct close_iterator {
  void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};
using iterator_ptr = std::unique_ptr<UBreakIterator, close_iterator>;

iterator_ptr open(UBreakIteratorType type) {
  UErrorCode status = U_ZERO_ERROR;
  iterator_ptr made(ubrk_open(type, "en", nullptr, 0, &status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no line breaking rules.");
  return made;
}

bool hangs(char16_t unit) {
  return unit == u' ' || unit == 0x3000;
}

std::uint32_t without_trailing_space(std::u16string_view text, std::uint32_t begin,
                                     std::uint32_t end) {
  while (end > begin && hangs(text[end - 1])) --end;
  return end;
}

}  // namespace

struct line_breaker::state {
  iterator_ptr at_words;
  iterator_ptr at_graphemes;

  static void watch(iterator_ptr& iterator, UBreakIteratorType type, std::u16string_view text) {
    if (iterator == nullptr) iterator = open(type);
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(iterator.get(), text.data(), static_cast<int32_t>(text.size()), &status);
  }

  /// The last break in (begin, limit], or `begin` if there is none.
  static std::uint32_t last_break(UBreakIterator* iterator, std::uint32_t begin,
                                  std::uint32_t limit) {
    auto const at = static_cast<int32_t>(limit);
    if (ubrk_isBoundary(iterator, at) != 0) return limit;
    auto const before = ubrk_preceding(iterator, at);
    return before <= static_cast<int32_t>(begin) ? begin : static_cast<std::uint32_t>(before);
  }

  std::uint32_t next_line(shaped_text const& text, std::uint32_t begin, double width_em) {
    auto const from = text.edge.begin() + begin;
    auto const fits = std::upper_bound(from, text.edge.end(), *from + width_em) - 1;
    auto const limit = static_cast<std::uint32_t>(fits - text.edge.begin());
    if (limit == text.text.size()) return limit;
    auto hanging = limit;
    while (hanging < text.text.size() && hangs(text.text[hanging])) ++hanging;
    auto end = last_break(at_words.get(), begin, hanging);
    if (end > begin) return end;
    end = last_break(at_graphemes.get(), begin, std::max(limit, begin + 1));
    if (end > begin) return end;
    return static_cast<std::uint32_t>(
        ubrk_following(at_graphemes.get(), static_cast<int32_t>(begin)));
  }
};

line_breaker::line_breaker() : state_(std::make_unique<state>()) {}
line_breaker::~line_breaker() = default;

std::vector<line_cut> line_breaker::lines(shaped_text const& text, double width_em) {
  auto const length = static_cast<std::uint32_t>(text.text.size());
  auto const visible = without_trailing_space(text.text, 0, length);
  if (text.width_em(0, visible) <= width_em) return {{0, visible}};
  state::watch(state_->at_words, UBRK_LINE, text.text);
  state::watch(state_->at_graphemes, UBRK_CHARACTER, text.text);
  std::vector<line_cut> out;
  for (std::uint32_t begin = 0; begin < length;) {
    auto const end = state_->next_line(text, begin, width_em);
    out.push_back({begin, without_trailing_space(text.text, begin, end)});
    begin = end;
  }
  return out;
}

}  // namespace intake::pdf
