#include "forms/x12/character_set.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

namespace intake::forms::x12 {
namespace {

struct plain_row {
  char16_t letter;
  std::string_view plain;
};

// Letters and marks that have no decomposition; in the order of their code points.
constexpr plain_row plain_rows[] = {
    {0x00C6, "AE"}, {0x00D0, "D"},  {0x00D8, "O"},  {0x00DE, "TH"}, {0x00DF, "ss"}, {0x00E6, "ae"},
    {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"}, {0x0110, "D"},  {0x0111, "d"},  {0x0126, "H"},
    {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"},  {0x0141, "L"},  {0x0142, "l"},  {0x014A, "N"},
    {0x014B, "n"},  {0x0152, "OE"}, {0x0153, "oe"}, {0x0166, "T"},  {0x0167, "t"},  {0x2010, "-"},
    {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},
    {0x2019, "'"},  {0x201A, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2044, "/"},
    {0x2212, "-"}};

constexpr std::string_view basic_marks = " !\"&'()*+,-./:;?=";

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

std::string plain_letters(std::string_view utf8) {
  if (is_plain_text(utf8)) return std::string{utf8};
  std::string out;
  for (char16_t const unit : decomposed(utf8)) {
    if (unit < 0x80) {
      out += static_cast<char>(unit);
      continue;
    }
    auto const* const found = std::ranges::lower_bound(plain_rows, unit, {}, &plain_row::letter);
    if (found != std::end(plain_rows) && found->letter == unit) out += found->plain;
  }
  return out;
}

bool is_white(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_separator(char c, delimiters const& marks) {
  return c == marks.element || c == marks.repetition || c == marks.component || c == marks.segment;
}

bool may_stand(char c, character_set set) {
  if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  if (set == character_set::basic) return basic_marks.find(c) != basic_marks.npos;
  return c > ' ' && c <= '~' && c != '`';
}

}  // namespace

std::string fold_text(std::string_view utf8, delimiters const& marks, character_set set) {
  std::string out;
  bool gap = false;
  for (char c : plain_letters(utf8)) {
    if (set == character_set::basic && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (is_white(c)) {
      gap = !out.empty();
      continue;
    }
    if (is_separator(c, marks) || !may_stand(c, set)) continue;
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

}  // namespace intake::forms::x12
