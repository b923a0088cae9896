#include "pdf/itemise.hpp"

#include "tests/pdf/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::ElementsAre;

itemised_text itemised(std::u16string_view line, direction base = direction::automatic) {
  return itemise(line, weight::regular, base, sample::world_faces());
}

std::vector<int> levels_of(itemised_text const& from) {
  std::vector<int> out;
  for (auto const& item : from.items) {
    if (out.empty() || out.back() != item.level) out.push_back(item.level);
  }
  return out;
}

class Itemise : public testing::Test {
  void SetUp() override {
    if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  }
};

TEST_F(Itemise, TakesPlainLatinAsOneItem) {
  auto const made = itemised(u"Doulè – 5 mg");
  ASSERT_EQ(made.items.size(), 1U);
  EXPECT_FALSE(made.right_to_left);
}

// UAX #9: digits inside right-to-left text run from left to right.
TEST_F(Itemise, KeepsDigitsLeftToRightInArabic) {
  EXPECT_THAT(levels_of(itemised(u"آخذ 500 من الدواء")), ElementsAre(1, 2, 1));
  EXPECT_THAT(levels_of(itemised(u"آخذ ١٢٣ حبة")), ElementsAre(1, 2, 1));
}

TEST_F(Itemise, KeepsHebrewRightToLeftInALatinLine) {
  auto const made = itemised(u"Name: שלום (Shalom)");
  EXPECT_FALSE(made.right_to_left);
  EXPECT_THAT(levels_of(made), ElementsAre(0, 1, 0));
}

TEST_F(Itemise, FollowsTheDirectionItIsTold) {
  EXPECT_TRUE(itemised(u"12", direction::right_to_left).right_to_left);
  EXPECT_FALSE(itemised(u"שלום", direction::left_to_right).right_to_left);
}

TEST_F(Itemise, ChangesTheFaceWithTheScript) {
  auto const made = itemised(u"pain 疼痛");
  ASSERT_EQ(made.items.size(), 2U);
  EXPECT_NE(made.items[0].face, made.items[1].face);
}

TEST_F(Itemise, LeavesOverridesOut) {
  EXPECT_EQ(itemised(u"\u202Egnp.exe").text, u"gnp.exe");
  EXPECT_THAT(levels_of(itemised(u"\u202Egnp.exe")), ElementsAre(0));
}

TEST_F(Itemise, CoversEveryUnitOnce) {
  for (auto const* line : {u"a\u0301שב疼 \u0939\u093F x", u"", u" ", u"\u200D\u200D", u"١٢٣"}) {
    auto const made = itemised(line);
    std::uint32_t end = 0;
    for (auto const& item : made.items) {
      EXPECT_EQ(item.begin, end);
      EXPECT_GT(item.end, item.begin);
      end = item.end;
    }
    EXPECT_EQ(end, made.text.size());
  }
}

}  // namespace
}  // namespace intake::pdf
