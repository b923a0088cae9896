#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

constexpr int dots_per_inch = 72;

struct stack_case {
  char const* name;
  std::string text;
};

std::string stacked(std::string_view mark, int count) {
  std::string out = "a";
  for (int at = 0; at < count; ++at) out += mark;
  return out;
}

class Stacked : public testing::TestWithParam<stack_case> {};

/// Whether rows [top, bottom) of two pages are the same.
bool same_rows(viewer::pixels const& a, viewer::pixels const& b, double top, double bottom) {
  auto const from = static_cast<std::size_t>(top) * static_cast<std::size_t>(a.width);
  auto const to = static_cast<std::size_t>(bottom) * static_cast<std::size_t>(a.width);
  return a.grey.substr(from, to - from) == b.grey.substr(from, to - from);
}

viewer::word_box box_of(std::string const& pdf, std::string_view word) {
  for (auto const& each : viewer::word_boxes(pdf)) {
    if (each.text == word) return each;
  }
  ADD_FAILURE() << word;
  return {};
}

TEST_P(Stacked, MarksStayOutOfTheLinesBesideThem) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("pdftoppm");
  auto const of = [](std::string_view middle, std::string_view last) {
    std::vector<block> blocks{paragraph{"Above"}};
    for (auto const each : {middle, last}) {
      if (!each.empty()) blocks.push_back(answer{"k", "", "", std::string{each}});
    }
    return render(sample::of(std::move(blocks)), sample::plain_faces()).bytes;
  };
  auto const& text = GetParam().text;
  auto const plain = viewer::page(of("", ""), 1, dots_per_inch);
  auto const with_marks = viewer::page(of(text, ""), 1, dots_per_inch);
  auto const above = box_of(of("", ""), "Above");
  EXPECT_TRUE(same_rows(plain, with_marks, 0, above.bottom)) << "ink above the line";
  auto const below = box_of(of(text, "Below"), "Below");
  EXPECT_TRUE(same_rows(plain, with_marks, below.top + 1, below.bottom)) << "ink below the line";
}

INSTANTIATE_TEST_SUITE_P(Marks, Stacked,
                         testing::Values(stack_case{"above", stacked("\u0301", 30)},
                                         stack_case{"below", stacked("\u0323", 30)},
                                         stack_case{"ordinary", "Nguyễn"}),
                         [](auto const& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace intake::pdf
