#include "pdf/mixed_line.hpp"

#include "pdf/unicode.hpp"
#include "tests/pdf/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::ElementsAre;

class MixedLine : public testing::Test {
 protected:
  void SetUp() override {
    if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  }

  shaped_text shaped(std::u16string_view text) {
    return shaper_.shape(
        itemise(text, weight::regular, direction::automatic, sample::world_faces()),
        wording::of_person);
  }

  bool both_ways(std::u16string_view text) {
    auto const made = shaped(text);
    return runs_both_ways(made, 0, static_cast<std::uint32_t>(made.text.size()));
  }

  /// Pieces in logical order; what readers turn round between angle brackets.
  std::vector<std::string> pieces(std::u16string_view text) {
    auto const made = shaped(text);
    std::vector<std::string> out;
    for (auto const& each : pieces_of(made, 0, static_cast<std::uint32_t>(made.text.size()))) {
      auto const begin = each.atoms.front().begin;
      auto const part = to_utf8(made.text.substr(begin, each.atoms.back().end - begin));
      out.push_back(each.is_turned_round() ? "<" + part + ">" : part);
    }
    return out;
  }

  form_words kept_;
  shaper shaper_{sample::world_faces(), "en", kept_};
};

TEST_F(MixedLine, IsNoneWithoutLettersToTheLeftOrWithNothingElse) {
  EXPECT_FALSE(both_ways(u"Pain, 5 mg (病)"));
  EXPECT_FALSE(both_ways(u"שלום עולם"));
  EXPECT_FALSE(both_ways(u"مرحبا بك"));
}

TEST_F(MixedLine, IsOneWithSignsNumbersPointsOrTwoFaces) {
  EXPECT_TRUE(both_ways(u"שלום."));
  EXPECT_TRUE(both_ways(u"שלום 5"));
  EXPECT_TRUE(both_ways(u"שָׁלוֹם"));
  EXPECT_TRUE(both_ways(u"שלום مرحبا"));
  EXPECT_TRUE(both_ways(u"Doctor כהן"));
  EXPECT_TRUE(both_ways(u"Pain ١٢٣"));
}

TEST_F(MixedLine, ComesInPiecesInTheOrderItWasTyped) {
  EXPECT_THAT(pieces(u"אני לוקח Gabapentin 300 mg פעמיים"),
              ElementsAre("<אני לוקח>", "Gabapentin 300 mg", "<פעמיים>"));
  EXPECT_THAT(pieces(u"said (שלום 12) twice"), ElementsAre("said (", "<שלום>", "12", ") twice"));
}

TEST_F(MixedLine, PartsEverySignAndPointedLetter) {
  EXPECT_THAT(pieces(u"נכון?! כן"), ElementsAre("<נכון>", "?", "!", "<כן>"));
  EXPECT_THAT(pieces(u"דָג."), ElementsAre("<דָ>", "<ג>", "."));
}

// Where one face has both, pdf.js puts them in order itself, and needs no mark between them.
TEST_F(MixedLine, KeepsNumbersWithLettersOfTheSameFace) {
  EXPECT_THAT(pieces(u"ألم ١٢٣ في الظهر"), ElementsAre("<ألم ١٢٣ في الظهر>"));
  EXPECT_THAT(pieces(u"ألم 123456789012345"), ElementsAre("<ألم>", "123456789012345"));
}

TEST_F(MixedLine, HasItsPiecesWhereTheyStand) {
  auto const made = shaped(u"שלום 12 עולם");
  auto const all = pieces_of(made, 0, static_cast<std::uint32_t>(made.text.size()));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_LT(all[2].right, all[1].left);
  EXPECT_LT(all[1].right, all[0].left);
  EXPECT_TRUE(all[1].atoms.front().after_space);
  EXPECT_NEAR(all[0].right, made.width_em(0, made.text.size()) * 1000, 0.01);
}

}  // namespace
}  // namespace intake::pdf
