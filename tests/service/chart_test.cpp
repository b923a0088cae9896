// Plots made on the server: in scale, and nothing in them that could be markup.
#include "service/pages/chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Chart, BarsAreAsHighAsTheirShareOfTheScale) {
  plotted const values[] = {{"11-27", 0}, {"11-28", 5}, {"11-29", 10}};
  auto const svg = bar_chart(values, {"Forms a day"});
  EXPECT_THAT(svg, testing::StartsWith("<svg "));
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"Forms a day\""));
  EXPECT_THAT(svg, HasSubstr("height=\"0.0\""));
  EXPECT_THAT(svg, HasSubstr("height=\"75.0\""));
  EXPECT_THAT(svg, HasSubstr("height=\"150.0\""));
  EXPECT_THAT(svg, HasSubstr(">11-28<"));
  EXPECT_THAT(svg, HasSubstr(">10<")) << "the scale says its top";
}

TEST(Chart, ALineSaysEveryValueAndStaysInItsScale) {
  plotted const values[] = {{"2026-08-01", 7.5}, {"2026-11-28", 27}};
  auto const svg = line_chart(values, {"PEG", 10});
  EXPECT_THAT(svg, HasSubstr(">7.5<"));
  EXPECT_THAT(svg, HasSubstr(">27<"));
  EXPECT_THAT(svg, HasSubstr("cy=\"20.0\"")) << "a value beyond the scale is drawn at its top";
}

TEST(Chart, HoldsNoMarkupOfAnybodys) {
  plotted const values[] = {{"<script>\"'&", 1}};
  for (auto const& svg :
       {bar_chart(values, {"<b>\"onload=", 1}), line_chart(values, {"<b>'", 1})}) {
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_THAT(svg, Not(HasSubstr("<b>")));
    EXPECT_THAT(svg, HasSubstr(">script<"));
  }
}

TEST(Chart, OfNothingIsAnEmptyScale) {
  EXPECT_THAT(bar_chart({}, {"none"}), HasSubstr(">1<"));
}

}  // namespace
}  // namespace intake::service
