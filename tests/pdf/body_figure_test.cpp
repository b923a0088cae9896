#include "pdf/body_figure.hpp"

#include "forms/questionnaire.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

constexpr float height_pt = 200;

std::vector<body_place> places(body_side side, std::string_view region) {
  body_fill const fill{region, 7};
  return draw_body(side, {&fill, 1}, height_pt).places;
}

std::set<std::string> regions_of_the_packet() {
  std::ifstream file(INTAKE_SOURCE "/forms/packet/pain-history.json", std::ios::binary);
  auto const form =
      forms::read_questionnaire(std::string(std::istreambuf_iterator<char>(file), {}));
  std::set<std::string> out;
  for (auto const& option : forms::options_of(*form->find("pain.regions"))) {
    out.insert(std::get<forms::coding>(option.value).code);
  }
  return out;
}

TEST(BodyFigure, EveryRegionOfThePacketStandsOnOneSide) {
  auto regions = regions_of_the_packet();
  EXPECT_EQ(regions.erase("everywhere"), 1U);
  ASSERT_GT(regions.size(), 50U);
  for (auto const& region : regions) {
    auto const seen =
        places(body_side::front, region).size() + places(body_side::back, region).size();
    EXPECT_EQ(seen, 1U) << region;
  }
}

struct side_case {
  char const* region;
  body_side side;
  bool left_on_paper;
};

class BodySide : public testing::TestWithParam<side_case> {};

TEST_P(BodySide, IsWhereTheReaderExpectsIt) {
  auto const& tested = GetParam();
  auto const found = places(tested.side, tested.region);
  ASSERT_EQ(found.size(), 1U);
  auto const middle = draw_body(tested.side, {}, height_pt).width_pt / 2;
  EXPECT_EQ(found[0].centre.x < middle, tested.left_on_paper);
}

INSTANTIATE_TEST_SUITE_P(Regions, BodySide,
                         testing::Values(side_case{"knee-front-right", body_side::front, true},
                                         side_case{"knee-front-left", body_side::front, false},
                                         side_case{"face-right", body_side::front, true},
                                         side_case{"back-low-right", body_side::back, false},
                                         side_case{"back-low-left", body_side::back, true},
                                         side_case{"calf-left", body_side::back, true}),
                         [](auto const& tested) {
                           std::string name = tested.param.region;
                           for (auto& each : name) each = each == '-' ? '_' : each;
                           return name;
                         });

TEST(BodyFigure, AnUnknownRegionFillsNothing) {
  EXPECT_TRUE(places(body_side::front, "third-arm").empty());
  body_fill const unknown{"third-arm", 7};
  EXPECT_EQ(draw_body(body_side::front, {&unknown, 1}, height_pt).shapes.paths.size(), 1U);
}

TEST(BodyFigure, EverywhereFillsAll) {
  body_fill const all{"everywhere", 7};
  auto const paths = draw_body(body_side::back, {&all, 1}, height_pt).shapes.paths;
  EXPECT_EQ(paths.size(), paths.back().lines.size() + 1);
}

TEST(BodyFigure, StrongerIsDarker) {
  body_fill const weak{"calf-left", 1};
  body_fill const strong{"calf-left", 9};
  auto const one = draw_body(body_side::back, {&weak, 1}, height_pt).shapes.paths.front().colour;
  auto const other =
      draw_body(body_side::back, {&strong, 1}, height_pt).shapes.paths.front().colour;
  EXPECT_GT(one.green, other.green);
}

TEST(BodyFigure, StaysInItsField) {
  body_fill const all{"everywhere", 10};
  for (auto const side : {body_side::front, body_side::back}) {
    auto const figure = draw_body(side, {&all, 1}, height_pt);
    for (auto const& path : figure.shapes.paths) {
      for (auto const& line : path.lines) {
        for (auto const point : line) {
          EXPECT_GE(point.x, 0);
          EXPECT_LE(point.x, figure.width_pt);
          EXPECT_GE(point.y, 0);
          EXPECT_LE(point.y, figure.height_pt);
        }
      }
    }
  }
}

}  // namespace
}  // namespace intake::pdf
