#include "pdf/paginate.hpp"

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

/// A strip that can be found again by the x of its one box.
strip made(float number, float height, after end = after::may_break, float gap = 0) {
  strip out;
  out.height = height;
  out.gap_before = gap;
  out.end = end;
  out.content.boxes.push_back({number, 0, 1, 1, {}});
  return out;
}

std::vector<std::vector<float>> pages_of(flow from, page_room room) {
  std::vector<std::vector<float>> out;
  for (auto const& page : paginate(std::move(from), room)) {
    out.emplace_back();
    for (auto const& box : page.content.boxes) out.back().push_back(box.x);
    EXPECT_LE(page.used_pt, out.size() == 1 ? room.first_pt : room.later_pt);
  }
  return out;
}

using pages = std::vector<std::vector<float>>;

TEST(Paginate, FillsAPageBeforeItStartsTheNext) {
  EXPECT_EQ(pages_of({{made(1, 40), made(2, 40), made(3, 40)}, {}}, {100, 100}),
            (pages{{1, 2}, {3}}));
}

TEST(Paginate, GivesAnEmptyDocumentOnePage) {
  EXPECT_EQ(paginate({}, {100, 100}).size(), 1U);
}

TEST(Paginate, KeepsAHeadingWithWhatFollows) {
  EXPECT_EQ(
      pages_of({{made(1, 60), made(2, 20, after::keep_with_next), made(3, 40)}, {}}, {100, 100}),
      (pages{{1}, {2, 3}}));
}

TEST(Paginate, BreaksAChainHigherThanAPage) {
  flow chain;
  for (int at = 0; at < 7; ++at)
    chain.strips.push_back(made(static_cast<float>(at), 40, after::keep_with_next));
  EXPECT_EQ(pages_of(std::move(chain), {100, 100}), (pages{{0, 1}, {2, 3}, {4, 5}, {6}}));
}

TEST(Paginate, EndsAPageWhereTold) {
  EXPECT_EQ(pages_of({{made(1, 10, after::new_page), made(2, 10)}, {}}, {100, 100}),
            (pages{{1}, {2}}));
}

TEST(Paginate, DropsTheGapAtTheTopOfAPage) {
  EXPECT_EQ(pages_of({{made(1, 100), made(2, 100, after::may_break, 30)}, {}}, {100, 100}),
            (pages{{1}, {2}}));
}

TEST(Paginate, RepeatsATablesHeaderOnlyInsideTheTable) {
  flow table;
  table.headers.push_back(made(99, 20));
  table.strips.push_back(made(99, 20, after::keep_with_next));
  for (int at = 1; at <= 3; ++at) {
    table.strips.push_back(made(static_cast<float>(at), 40));
    table.strips.back().repeats = 0;
  }
  table.strips.push_back(made(4, 60));
  EXPECT_EQ(pages_of(std::move(table), {100, 100}), (pages{{99, 1, 2}, {99, 3}, {4}}));
}

TEST(Paginate, HasLessRoomOnTheFirstPage) {
  EXPECT_EQ(pages_of({{made(1, 50), made(2, 50), made(3, 50)}, {}}, {60, 100}),
            (pages{{1}, {2, 3}}));
}

}  // namespace
}  // namespace intake::pdf
