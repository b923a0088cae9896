#include "forms/x12/character_set.hpp"

#include "forms/x12/letter_folds.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

namespace intake::forms::x12 {
namespace {

bool is_plain_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Compatibility decomposition, so that accents are marks of their own.
std::vector<char16_t> decomposed(std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  std::vector<char16_t> text(utf8.size());
  std::int32_t length = 0;
  u_strFromUTF8WithSub(text.data(), static_cast<std::int32_t>(text.size()), &length, utf8.data(),
                       static_cast<std::int32_t>(utf8.size()), 0xFFFD, nullptr, &error);
  if (U_FAILURE(error) != 0) return {};
  auto const* const rules = unorm2_getNFKDInstance(&error);
  // An accent alone would decompose to a space and a mark; people type it for an apostrophe.
  std::replace(text.begin(), text.end(), u'\u00B4', u'\'');
  std::vector<char16_t> out(static_cast<std::size_t>(length) * 4 + 64);
  for (int attempt = 0; attempt < 2 && U_FAILURE(error) == 0; ++attempt) {
    auto const needed = unorm2_normalize(rules, text.data(), length, out.data(),
                                         static_cast<std::int32_t>(out.size()), &error);
    out.resize(static_cast<std::size_t>(needed));
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
    error = U_ZERO_ERROR;
  }
  return U_FAILURE(error) == 0 ? out : std::vector<char16_t>{};
}

/// Accents, and signs that nobody sees.
bool is_left_out(UChar32 letter) {
  switch (u_charType(letter)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return true;
    default:
      return false;
  }
}

void append_plain(folded_text& out, UChar32 letter) {
  if (letter < 0x80) {
    out.text += static_cast<char>(letter);
    return;
  }
  if (auto const plain = plain_for(static_cast<char32_t>(letter))) {
    out.text += *plain;
    out.has_replaced = out.has_replaced || u_isalpha(letter) != 0;
  } else if (is_left_out(letter)) {
    out.has_replaced = out.has_replaced || u_charType(letter) == U_NON_SPACING_MARK;
  } else {
    out.has_lost = true;
  }
}

folded_text plain_letters(std::string_view utf8) {
  folded_text out;
  if (is_plain_text(utf8)) {
    out.text = utf8;
    return out;
  }
  auto const letters = decomposed(utf8);
  auto const end = static_cast<std::int32_t>(letters.size());
  for (std::int32_t at = 0; at < end;) {
    UChar32 letter = 0;
    U16_NEXT(letters.data(), at, end, letter);
    append_plain(out, letter);
  }
  return out;
}

bool is_white(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_separator(char c, delimiters const& marks) {
  return c == marks.element || c == marks.repetition || c == marks.component || c == marks.segment;
}

/// What is left once white space and separators are gone are control characters, that nobody sees.
bool may_stand(char c) {
  return c > ' ' && c <= '~';
}

}  // namespace

folded_text fold(std::string_view utf8, delimiters const& marks, character_set set) {
  auto out = plain_letters(utf8);
  auto const plain = std::exchange(out.text, {});
  bool gap = false;
  for (char c : plain) {
    if (set == character_set::basic && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '`') c = '\'';
    if (is_white(c)) {
      gap = !out.text.empty();
      continue;
    }
    if (is_separator(c, marks)) {
      out.has_separator = true;
      continue;
    }
    if (!may_stand(c)) continue;
    if (gap) out.text += ' ';
    gap = false;
    out.text += c;
  }
  return out;
}

std::string fold_text(std::string_view utf8, delimiters const& marks, character_set set) {
  return fold(utf8, marks, set).text;
}

}  // namespace intake::forms::x12
