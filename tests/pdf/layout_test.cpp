#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using lines = std::vector<std::string>;

/// The lines of each page's content, as a reader meets them.
std::vector<lines> pages_of(std::string const& pdf) {
  std::vector<lines> out{{}};
  std::istringstream text(viewer::content_text(pdf));
  for (std::string line; std::getline(text, line);) {
    for (; !line.empty() && line.front() == '\f'; line.erase(0, 1)) out.emplace_back();
    if (!line.empty()) out.back().push_back(line);
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

std::vector<lines> drawn(std::vector<block> blocks) {
  auto const copy = render(sample::of(std::move(blocks)), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  return pages_of(copy.bytes);
}

/// So many lines that stand anywhere: what is tested begins at every height of a page.
std::vector<block> lines_before(int count) {
  std::vector<block> out;
  for (int at = 0; at < count; ++at) out.push_back(paragraph{fmt::format("Filler {}", at)});
  return out;
}

std::string numbered_lines(std::string const& word, int count) {
  std::string out;
  for (int at = 0; at < count; ++at) out += fmt::format("{} {}\n", word, at);
  return out;
}

constexpr int lines_on_a_page = 32;

TEST(Layout, KeepsAHeadingWithWhatItIsAbove) {
  INTAKE_NEEDS("pdftotext");
  for (int before = lines_on_a_page - 10; before < lines_on_a_page; ++before) {
    auto blocks = lines_before(before);
    blocks.push_back(heading{heading_level::section, "Your pain"});
    blocks.push_back(heading{heading_level::group, "Today"});
    blocks.push_back(answer{"q", "How strong?", "", "Seven"});
    for (auto const& page : drawn(std::move(blocks))) {
      EXPECT_THAT(page.back(), testing::Not(testing::AnyOf("Your pain", "Today")))
          << before << " lines before it";
    }
  }
}

TEST(Layout, LeavesNoLineOfAnAnswerAlone) {
  INTAKE_NEEDS("pdftotext");
  int parted = 0;
  for (int before = lines_on_a_page - 10; before < lines_on_a_page; ++before) {
    auto blocks = lines_before(before);
    blocks.push_back(answer{"q", "Tell us more", "", numbered_lines("Line", 9)});
    for (auto const& page : drawn(std::move(blocks))) {
      auto const of_answer = std::ranges::count_if(
          page, [](std::string const& line) { return line.find("Line ") != std::string::npos; });
      EXPECT_NE(of_answer, 1) << before << " lines before it";
      parted += of_answer > 0 && of_answer < 9 ? 1 : 0;
    }
  }
  EXPECT_GT(parted, 2) << "no answer met the end of a page: the test tests nothing";
}

TEST(Layout, LetsALongAnswerFlowOverPagesUncut) {
  INTAKE_NEEDS("pdftotext");
  auto const pages = drawn({answer{"q", "Tell us more", "", numbered_lines("Line", 200)}});
  EXPECT_GE(pages.size(), 4U);
  int next = 0;
  for (auto const& page : pages) {
    for (auto const& line : page) {
      if (line.starts_with("Line ")) {
        EXPECT_EQ(line, fmt::format("Line {}", next++));
      }
    }
  }
  EXPECT_EQ(next, 200);
}

table of_two_columns(std::string header, int rows, int lines_a_row) {
  table out{"", {{"Medicine"}, {std::move(header)}}, {}};
  for (int at = 0; at < rows; ++at) {
    out.rows.push_back({{"", fmt::format("Medicine {}", at)},
                        {"", numbered_lines(fmt::format("Row {} line", at), lines_a_row)}});
  }
  return out;
}

TEST(Layout, RepeatsTheHeaderOfATableOnEachOfItsPages) {
  INTAKE_NEEDS("pdftotext");
  auto const pages = drawn({of_two_columns("How often", 90, 1), paragraph{"After it"}});
  ASSERT_GE(pages.size(), 3U);
  for (auto const& page : pages) EXPECT_EQ(page.front(), "Medicine How often");
}

TEST(Layout, PartsARowThatIsHigherThanAPage) {
  INTAKE_NEEDS("pdftotext");
  auto const pages = drawn({of_two_columns("How often", 3, 70)});
  ASSERT_GE(pages.size(), 4U);
  std::vector<int> seen(3, 0);
  for (auto const& page : pages) {
    EXPECT_EQ(page.front(), "Medicine How often");
    for (auto const& line : page) {
      for (int row = 0; row < 3; ++row) {
        auto const part = fmt::format("Row {} line {}", row, seen[static_cast<std::size_t>(row)]);
        if (line.ends_with(part)) ++seen[static_cast<std::size_t>(row)];
      }
    }
  }
  EXPECT_THAT(seen, testing::Each(70));
}

TEST(Layout, NeitherRepeatsNorCutsAHeaderThatWouldTakeThePage) {
  INTAKE_NEEDS("pdftotext");
  auto const pages = drawn({of_two_columns(numbered_lines("Header", 90), 40, 1)});
  std::vector<int> seen(90, 0);
  for (auto const& page : pages) {
    for (auto const& line : page) {
      for (int at = 0; at < 90; ++at) {
        if (line.ends_with(fmt::format("Header {}", at))) ++seen[static_cast<std::size_t>(at)];
      }
    }
  }
  EXPECT_THAT(seen, testing::Each(1));
}

/// What no page is high enough for must go on over the page, never below its margin.
struct tall_case {
  char const* name;
  block tall;
};

std::string very_long(std::string const& last) {
  std::string out;
  while (out.size() < 9'000) out += "Maria Magdalena of the invented family ";
  return out + last;
}

class Tall : public testing::TestWithParam<tall_case> {};

TEST_P(Tall, StaysOnThePages) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(sample::of({GetParam().tall}), sample::plain_faces());
  EXPECT_THAT(viewer::visible(viewer::content_text(copy.bytes)), testing::HasSubstr("thelastword"));
  for (auto const& box : viewer::word_boxes(copy.bytes)) {
    ASSERT_LE(box.bottom, style::page_height_pt - style::margin_bottom_pt + 4);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, Tall,
    testing::Values(
        tall_case{"signature", signature{{{{0, 0}, {9, 9}}}, 10, 10, very_long("the last word")}},
        tall_case{"option",
                  blank_answer{"Q", "", "", blank_kind::choice, {very_long("the last word")}}},
        tall_case{"beside_the_body",
                  body_map{"Where it hurts", {}, {{"Medicines", very_long("the last word"), "s"}}}},
        tall_case{"flowing",
                  facts{{{"Called", "Nora", "c"}, {"Address", very_long("the last word"), "a"}},
                        2,
                        facts_layout::flowing}},
        tall_case{"notice", notice{notice_kind::alert, "Alerts", {very_long("the last word")}}},
        tall_case{"heading", heading{heading_level::section, very_long("the last word")}},
        tall_case{"fact", facts{{{"Label", very_long("the last word"), "f"}}, 4}},
        tall_case{"column", table{"", {{very_long("the last word")}, {"Dose"}}, {}}}),
    [](auto const& tested) { return std::string(tested.param.name); });

TEST(Layout, SetsRightToLeftParagraphsAgainstTheRightEdge) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const right_of = [](char const* text) {
    auto const copy = render(sample::of({paragraph{text}}), sample::world_faces());
    for (auto const& box : viewer::word_boxes(copy.bytes)) {
      if (box.top > 80 && box.bottom < 200) return box;
    }
    return viewer::word_box{};
  };
  EXPECT_NEAR(right_of("שלום").right, style::page_width_pt - style::margin_side_pt, 1);
  EXPECT_NEAR(right_of("مرحبا").right, style::page_width_pt - style::margin_side_pt, 1);
  EXPECT_NEAR(right_of("hello").left, style::margin_side_pt, 1);
}

TEST(Layout, KeepsTheChoicesOfABlankQuestionTogether) {
  INTAKE_NEEDS("pdftotext");
  for (int before = lines_on_a_page - 10; before < lines_on_a_page; ++before) {
    auto blocks = lines_before(before);
    blocks.push_back(blank_answer{"What happens?", "", "", blank_kind::choice, {"Rash", "Itch"}});
    for (auto const& page : drawn(std::move(blocks))) {
      auto const of = [&](std::string_view text) { return std::ranges::count(page, text); };
      EXPECT_EQ(of("What happens?"), of("Rash")) << before << " lines before it";
      EXPECT_EQ(of("Rash"), of("Itch")) << before << " lines before it";
    }
  }
}

TEST(Layout, KeepsASignatureWithTheTextItIsUnder) {
  INTAKE_NEEDS("pdftotext");
  for (int before = lines_on_a_page - 8; before < lines_on_a_page; ++before) {
    auto blocks = lines_before(before);
    blocks.push_back(consent{"Consent", {"I agree to be treated."}, "", "treatment-2026-01"});
    blocks.push_back(signature{{{{0, 0}, {9, 9}}}, 10, 10, "Nora Example"});
    for (auto const& page : drawn(std::move(blocks))) {
      auto const of = [&](std::string_view text) {
        return std::ranges::any_of(
            page, [&](auto const& line) { return line.find(text) != std::string::npos; });
      };
      EXPECT_EQ(of("Nora Example"), of("treatment-2026-01")) << before << " lines before it";
      EXPECT_EQ(of("Nora Example"), of("agree to be treated")) << before << " lines before it";
    }
  }
}

}  // namespace
}  // namespace intake::pdf
