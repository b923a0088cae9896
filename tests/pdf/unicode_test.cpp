#include "pdf/unicode.hpp"

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using namespace std::string_literals;

struct nfc_case {
  char const* name;
  std::string utf8;
  std::u16string expected;
};

class ToNfc : public testing::TestWithParam<nfc_case> {};

TEST_P(ToNfc, Gives) {
  EXPECT_EQ(to_nfc(GetParam().utf8), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ToNfc,
    testing::Values(nfc_case{"ascii", "Back pain", u"Back pain"}, nfc_case{"empty", "", u""},
                    nfc_case{"composes", "e\u0301", u"\u00E9"},
                    nfc_case{"vietnamese", "a\u0306\u0303", u"\u1EB5"},
                    nfc_case{"beyond_the_bmp", "\U0001F44D", u"\U0001F44D"},
                    // Unicode 15, 3.9, table 3-8: one U+FFFD for each maximal subpart.
                    nfc_case{"lone_continuation", "a\x80z", u"a\uFFFDz"},
                    nfc_case{"cut_short", "a\xE2\x82", u"a\uFFFD"},
                    nfc_case{"nul_stays", "a\0b"s, u"a\0b"s},
                    // UAX #15 corrigendum: singletons decompose.
                    nfc_case{"angstrom", "\u212B", u"\u00C5"}),
    [](auto const& tested) { return std::string(tested.param.name); });

TEST(HardLines, BreakAtEveryKindOfLineEnd) {
  auto const lines = hard_lines(u"a\nb\r\nc\rd\u2028e\u2029f\vg\fh\u0085i");
  EXPECT_EQ(lines, (std::vector<std::u16string_view>{u"a", u"b", u"c", u"d", u"e", u"f", u"g", u"h",
                                                     u"i"}));
}

TEST(HardLines, GiveOneEmptyLineForNothing) {
  EXPECT_EQ(hard_lines(u"").size(), 1U);
}

TEST(CodePointLabel, HasFourToSixDigits) {
  EXPECT_EQ(code_point_label(0x7), u"[U+0007]");
  EXPECT_EQ(code_point_label(0x1F44D), u"[U+1F44D]");
  EXPECT_EQ(code_point_label(0x10FFFF), u"[U+10FFFF]");
}

TEST(VisiblePart, DropsSpacesAndIgnorables) {
  EXPECT_EQ(visible_part(u" a\u00A0b\u200D\u200Bc\t\u00ADd\u202Ee "), u"abcde");
}

TEST(ToUtf8, TurnsRoundWhatToNfcRead) {
  for (auto const* text : {"Nguyễn", "痛み", "שלום", "\U0001F44D"}) {
    EXPECT_EQ(to_utf8(to_nfc(text)), text);
  }
}

}  // namespace
}  // namespace intake::pdf
