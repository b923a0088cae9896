#include "pdf/copied_order.hpp"

#include "pdf/unicode.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

constexpr std::u16string_view to_the_right = u"aZéЖ病\u200E";
constexpr std::u16string_view to_the_left = u"אםשבكلمڭ\u200F";
constexpr std::u16string_view numbers = u"07٣٫٪.,:-+%$#/،";
constexpr std::u16string_view others = u" ()[]\"!?;—…«»״\u05B8\u064B\u0301";

bool is_in(std::u16string_view these, char16_t unit) {
  return these.find(unit) != std::u16string_view::npos;
}

/// As poppler 22.12 and 26.07 do it (TextOutputDev.cc, reorderText), without the controls that it
/// adds. `page` is the way it takes the page.
std::u16string copied_by_poppler(std::u16string const& text, page_way page) {
  auto const forward = [](char16_t unit) {
    return is_in(to_the_right, unit) || is_in(numbers, unit);
  };
  auto const backward = [](char16_t unit) { return is_in(to_the_left, unit); };
  std::u16string out;
  bool const from_the_left = page == page_way::to_the_right;
  bool in_forward = from_the_left;
  auto rest = text;
  if (!from_the_left) std::reverse(rest.begin(), rest.end());
  for (std::size_t at = 0; at < rest.size(); in_forward = !in_forward) {
    auto end = at;
    while (end < rest.size() && !(in_forward ? backward(rest[end]) : forward(rest[end]))) ++end;
    auto section = rest.substr(at, end - at);
    if (in_forward != from_the_left) std::reverse(section.begin(), section.end());
    out += section;
    at = end;
  }
  return out;
}

std::string plain(std::u16string text) {
  std::erase_if(text, [](char16_t unit) { return unit == 0x200E || unit == 0x200F; });
  return to_utf8(text);
}

std::u16string random_text(std::mt19937& random) {
  std::u16string_view const kinds[] = {to_the_right, to_the_left, numbers, others, u" "};
  std::u16string out;
  for (auto left = random() % 30; left > 0; --left) {
    auto const kind = kinds[random() % 5];
    for (auto in_a_row = 1 + random() % 3; in_a_row > 0; --in_a_row) {
      out += kind[random() % kind.size()];
    }
  }
  return out;
}

class CopiedOrder : public testing::TestWithParam<page_way> {};

TEST_P(CopiedOrder, ComesOutAsTyped) {
  std::mt19937 random(20261128);
  for (int round = 0; round < 20'000; ++round) {
    auto const typed = random_text(random);
    auto const copied = copied_by_poppler(in_copied_order(typed, GetParam()), GetParam());
    ASSERT_EQ(plain(copied), plain(typed));
  }
}

/// Words of our own that have no actual text may stand on the same line for poppler.
TEST_P(CopiedOrder, LeavesWhatStandsBesideItAlone) {
  std::mt19937 random(20261129);
  for (int round = 0; round < 20'000; ++round) {
    auto const typed = random_text(random);
    if (typed.empty()) continue;
    auto const ordered = in_copied_order(typed, GetParam());
    auto const copied = plain(copied_by_poppler(u"Za " + ordered + u" aZ", GetParam()));
    auto const expected =
        GetParam() == page_way::to_the_right ? u"Za " + typed + u" aZ" : u" aZ" + typed + u" Za";
    ASSERT_EQ(copied, plain(expected));
  }
}

TEST_P(CopiedOrder, ComesOutAsTypedWhateverItIsGivenForWeight) {
  std::mt19937 random(20261130);
  for (int round = 0; round < 2'000; ++round) {
    auto const typed = random_text(random);
    auto const ordered = weighted(in_copied_order(typed, GetParam()), GetParam(), 7);
    ASSERT_EQ(plain(copied_by_poppler(ordered, GetParam())), plain(typed));
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, CopiedOrder,
                         testing::Values(page_way::to_the_right, page_way::to_the_left),
                         [](auto const& tested) {
                           return tested.param == page_way::to_the_right ? "ToTheRight"
                                                                         : "ToTheLeft";
                         });

TEST(CopiedOrderOfAPage, FollowsMostOfItsLetters) {
  EXPECT_EQ(way_of(lead_of(u"")), page_way::to_the_right);
  EXPECT_EQ(way_of(lead_of(u"ab שם")), page_way::to_the_right);
  EXPECT_EQ(way_of(lead_of(u"ab 123 שלום")), page_way::to_the_left);
  EXPECT_EQ(lead_of(weighted(u"", page_way::to_the_left, 3)), -3);
}

TEST(CopiedOrderOfAPage, AddsNoMarkWhereLettersDecide) {
  EXPECT_EQ(in_copied_order(u"said שלום 5", page_way::to_the_right), u"said \u200F םולש5");
}

}  // namespace
}  // namespace intake::pdf
