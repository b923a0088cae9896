#include "forms/x12/letter_folds.hpp"

#include <algorithm>
#include <iterator>

namespace intake::forms::x12 {
namespace {

struct plain_row {
  char32_t letter;
  std::string_view plain;
};

// As passports write them (ICAO 9303) where that says so; in the order of their code points.
constexpr plain_row plain_letters[] = {
    {0x00B7, ""},   {0x00C6, "AE"}, {0x00D0, "D"},  {0x00D8, "O"},  {0x00DE, "TH"}, {0x00DF, "ss"},
    {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"}, {0x0110, "D"},  {0x0111, "d"},
    {0x0126, "H"},  {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"},  {0x0141, "L"},  {0x0142, "l"},
    {0x014A, "N"},  {0x014B, "n"},  {0x0152, "OE"}, {0x0153, "oe"}, {0x0166, "T"},  {0x0167, "t"},
    {0x0181, "B"},  {0x0186, "O"},  {0x0189, "D"},  {0x018A, "D"},  {0x018E, "E"},  {0x018F, "E"},
    {0x0190, "E"},  {0x0191, "F"},  {0x0192, "f"},  {0x0193, "G"},  {0x0194, "G"},  {0x0196, "I"},
    {0x0197, "I"},  {0x0198, "K"},  {0x0199, "k"},  {0x019D, "N"},  {0x019F, "O"},  {0x01B2, "V"},
    {0x01B3, "Y"},  {0x01B4, "y"},  {0x01B7, "Z"},  {0x01DD, "e"},  {0x01E4, "G"},  {0x01E5, "g"},
    {0x0244, "U"},  {0x0253, "b"},  {0x0254, "o"},  {0x0256, "d"},  {0x0257, "d"},  {0x0259, "e"},
    {0x025B, "e"},  {0x0260, "g"},  {0x0263, "g"},  {0x0268, "i"},  {0x0269, "i"},  {0x0272, "n"},
    {0x0275, "o"},  {0x0289, "u"},  {0x028B, "v"},  {0x0292, "z"},  {0x02B9, "'"},  {0x02BB, "'"},
    {0x02BC, "'"},  {0x02BE, "'"},  {0x02BF, "'"},  {0x1E9E, "SS"}, {0x2010, "-"},  {0x2011, "-"},
    {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},  {0x2019, "'"},
    {0x201A, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2032, "'"},  {0x2044, "/"},
    {0x2212, "-"},  {0xA78B, "'"},  {0xA78C, "'"}};

static_assert(std::ranges::is_sorted(plain_letters, {}, &plain_row::letter));

}  // namespace

std::optional<std::string_view> plain_for(char32_t letter) noexcept {
  auto const* const found = std::ranges::lower_bound(plain_letters, letter, {}, &plain_row::letter);
  bool const is_known = found != std::end(plain_letters) && found->letter == letter;
  return is_known ? std::optional{found->plain} : std::nullopt;
}

}  // namespace intake::forms::x12
