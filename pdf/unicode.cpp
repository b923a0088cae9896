#include "pdf/unicode.hpp"

#include <algorithm>
#include <stdexcept>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

namespace intake::pdf {
namespace {

constexpr UChar32 replacement = 0xFFFD;
/// Below the first combining mark every character is its own NFC.
constexpr char16_t first_that_may_compose = 0x0300;

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error("ICU could not convert a text.");
}

std::u16string decode(std::string_view utf8) {
  std::u16string out(utf8.size(), u'\0');
  if (std::all_of(utf8.begin(), utf8.end(),
                  [](char byte) { return static_cast<signed char>(byte) >= 0; })) {
    std::copy(utf8.begin(), utf8.end(), out.begin());
    return out;
  }
  // One byte never gives more than one unit, so the buffer is long enough.
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, utf8.data(),
                       static_cast<int32_t>(utf8.size()), replacement, nullptr, &status);
  check(status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

bool is_hard_break(char16_t unit) {
  return (unit >= u'\n' && unit <= u'\r') || unit == 0x85 || unit == 0x2028 || unit == 0x2029;
}

}  // namespace

std::u16string to_nfc(std::string_view utf8) {
  auto text = decode(utf8);
  bool const settled = std::all_of(text.begin(), text.end(),
                                   [](char16_t unit) { return unit < first_that_may_compose; });
  if (settled) return text;
  UErrorCode status = U_ZERO_ERROR;
  auto const* nfc = unorm2_getNFCInstance(&status);
  auto const length = static_cast<int32_t>(text.size());
  if (unorm2_quickCheck(nfc, text.data(), length, &status) == UNORM_YES) return text;
  // UAX #15: NFC is at most three times as long in UTF-16.
  std::u16string out(text.size() * 3, u'\0');
  auto const used = unorm2_normalize(nfc, text.data(), length, out.data(),
                                     static_cast<int32_t>(out.size()), &status);
  check(status);
  out.resize(static_cast<std::size_t>(used));
  return out;
}

std::vector<std::u16string_view> hard_lines(std::u16string_view text) {
  std::vector<std::u16string_view> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_hard_break(text[at])) continue;
    lines.push_back(text.substr(begin, at - begin));
    if (text[at] == u'\r' && at + 1 < text.size() && text[at + 1] == u'\n') ++at;
    begin = at + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

std::string to_utf8(std::u16string_view text) {
  std::string out(text.size() * 3, '\0');
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strToUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, text.data(),
                     static_cast<int32_t>(text.size()), replacement, nullptr, &status);
  check(status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::u16string code_point_label(char32_t code_point) {
  static constexpr std::u16string_view digits = u"0123456789ABCDEF";
  std::u16string out = u"[U+";
  for (int shift = code_point > 0xFFFFF  ? 20
                   : code_point > 0xFFFF ? 16
                                         : 12;
       shift >= 0; shift -= 4) {
    out += digits[(code_point >> shift) & 0xF];
  }
  return out + u']';
}

bool is_ignorable(char32_t code_point) {
  if (code_point < 0xAD) return false;
  return u_hasBinaryProperty(static_cast<UChar32>(code_point),
                             UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_invisible(char32_t code_point) {
  // Between the Latin-1 controls and the first combining mark all is visible; this is most of every
  // text.
  if (code_point > 0xAD && code_point < 0x300) return false;
  if (code_point > U' ' && code_point < 0x7F) return false;
  return u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0 || is_ignorable(code_point);
}

std::vector<std::u16string_view> shown_characters(std::u16string_view text) {
  std::vector<std::u16string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    auto const from = at;
    UChar32 code_point = 0;
    U16_NEXT(text.data(), at, text.size(), code_point);
    if (!is_ignorable(static_cast<char32_t>(code_point))) {
      out.push_back(text.substr(from, at - from));
    }
  }
  return out;
}

std::u16string visible_part(std::u16string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const begin = at;
    UChar32 code_point = 0;
    U16_NEXT(text.data(), at, text.size(), code_point);
    if (!is_invisible(static_cast<char32_t>(code_point))) out += text.substr(begin, at - begin);
  }
  return out;
}

}  // namespace intake::pdf
