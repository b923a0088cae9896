#include "pdf/line_break.hpp"

#include "tests/pdf/sample.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

class LineBreak : public testing::Test {
 protected:
  shaped_text shape(std::u16string_view text) {
    return shaper_.shape(
        itemise(text, weight::regular, direction::automatic, sample::plain_faces()),
        wording::of_person);
  }

  std::vector<std::u16string> broken(std::u16string_view text, double width_em) {
    auto const shaped = shape(text);
    std::vector<std::u16string> out;
    for (auto const cut : breaker_.lines(shaped, width_em)) {
      out.push_back(shaped.text.substr(cut.begin, cut.end - cut.begin));
    }
    return out;
  }

  form_words kept_;
  shaper shaper_{sample::plain_faces(), "en", kept_};
  line_breaker breaker_;
};

using broken_lines = std::vector<std::u16string>;

TEST_F(LineBreak, KeepsAShortTextWhole) {
  EXPECT_EQ(broken(u"Back pain", 20), (broken_lines{u"Back pain"}));
}

TEST_F(LineBreak, BreaksAtSpacesAndLetsThemHang) {
  EXPECT_EQ(broken(u"dull ache   in the back", 5),
            (broken_lines{u"dull ache", u"in the", u"back"}));
}

TEST_F(LineBreak, NeverBreaksAtANonBreakingSpace) {
  EXPECT_EQ(broken(u"take 500\u00A0mg now", 5), (broken_lines{u"take", u"500\u00A0mg", u"now"}));
}

TEST_F(LineBreak, SplitsALongWordBetweenGraphemes) {
  auto const parts = broken(u"xe\u0323\u0301xe\u0323\u0301xe\u0323\u0301xe\u0323\u0301", 1.3);
  for (auto const& each : parts) EXPECT_EQ(each.front(), u'x') << "a mark was torn from its base";
}

TEST_F(LineBreak, GivesOneGraphemeALineWhereNoneFits) {
  EXPECT_EQ(broken(u"abc", 0.1), (broken_lines{u"a", u"b", u"c"}));
}

TEST_F(LineBreak, LosesNothingAndStaysInsideTheLine) {
  std::mt19937 random(20261123);
  std::u16string_view const letters = u"abc déŭ Жш  x-y/z ẵ–’.";
  for (int round = 0; round < 300; ++round) {
    std::u16string text;
    auto const length = random() % 200;
    for (unsigned at = 0; at < length; ++at) text += letters[random() % letters.size()];
    auto const shaped = shape(text);
    auto const width_em = 1.5 + static_cast<double>(random() % 100) / 10;
    std::uint32_t end = 0;
    for (auto const cut : breaker_.lines(shaped, width_em)) {
      ASSERT_EQ(
          std::u16string_view(shaped.text).substr(end, cut.begin - end).find_first_not_of(u' '),
          std::u16string_view::npos);
      ASSERT_LE(shaped.width_em(cut.begin, cut.end), width_em + 1e-9);
      end = cut.end;
    }
    ASSERT_EQ(shaped.text.find_first_not_of(u' ', end), std::u16string::npos);
  }
}

}  // namespace
}  // namespace intake::pdf
