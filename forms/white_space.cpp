#include "forms/white_space.hpp"

#include <algorithm>
#include <array>

namespace intake::forms {
namespace {

// Unicode 15 PropList.txt, White_Space, beyond ASCII; then what has no width.
constexpr std::array<std::string_view, 25> unseen{
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
    "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F",
    "\u3000", "\u00AD", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"};
constexpr std::string_view ascii_spaces = " \t\n\v\f\r";

}  // namespace

std::string_view without_unseen_ends(std::string_view text) {
  for (;;) {
    auto const first = std::min(text.find_first_not_of(ascii_spaces), text.size());
    text.remove_prefix(first);
    text = text.substr(0, text.find_last_not_of(ascii_spaces) + 1);
    auto const begins =
        std::ranges::find_if(unseen, [&](std::string_view each) { return text.starts_with(each); });
    if (begins != unseen.end()) text.remove_prefix(begins->size());
    auto const ends =
        std::ranges::find_if(unseen, [&](std::string_view each) { return text.ends_with(each); });
    if (ends != unseen.end()) text.remove_suffix(ends->size());
    if (begins == unseen.end() && ends == unseen.end()) return text;
  }
}

bool is_unseen(std::string_view text) {
  return without_unseen_ends(text).empty();
}

}  // namespace intake::forms
