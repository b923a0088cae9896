#include "pdf/render.hpp"

#include "pdf/style.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Render, GivesTheSameBytesForTheSameDocument) {
  auto const first = render(sample::of_everything(), sample::plain_faces());
  auto const again = render(sample::of_everything(), typefaces());
  EXPECT_EQ(first.bytes, again.bytes);
  EXPECT_THAT(first.defects, IsEmpty());
}

TEST(Render, GivesTheSameBytesFromManyThreads) {
  auto const expected = render(sample::of_everything(), sample::plain_faces()).bytes;
  std::vector<std::string> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& each : made) {
      threads.emplace_back(
          [&each] { each = render(sample::of_everything(), sample::plain_faces()).bytes; });
    }
  }
  for (auto const& each : made) EXPECT_EQ(each, expected);
}

TEST(Render, NamesAnotherDocumentDifferently) {
  auto other = sample::of_everything();
  other.about.subject = "Patient copy";
  EXPECT_NE(render(other, sample::plain_faces()).bytes,
            render(sample::of_everything(), sample::plain_faces()).bytes);
}

TEST(Render, IsCleanForQpdf) {
  INTAKE_NEEDS("qpdf");
  auto const copy = render(sample::of_everything(), sample::plain_faces());
  auto const seen = viewer::run(copy.bytes, {"qpdf", "--check", "{}"});
  EXPECT_EQ(seen.status, 0) << seen.out << seen.err;
}

TEST(Render, GivesAnEmptyDocumentOnePage) {
  auto const copy = render({}, sample::plain_faces());
  EXPECT_EQ(copy.pages, 1U);
  EXPECT_THAT(copy.defects, IsEmpty());
}

TEST(Render, PutsBannerPageNumberAndEvaluationBarOnEveryPage) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(sample::of_everything(), sample::plain_faces());
  auto text = viewer::text(copy.bytes);
  ASSERT_GE(copy.pages, 4U);
  for (std::size_t number = 1; number <= copy.pages; ++number) {
    auto const page = text.substr(0, text.find('\f'));
    text.erase(0, page.size() + 1);
    EXPECT_THAT(page, HasSubstr("Nora O’Brien-Muñoz"));
    EXPECT_THAT(page, HasSubstr("March 8, 1951 (75 years)"));
    EXPECT_THAT(page, HasSubstr("7K3QX-94MZ2"));
    EXPECT_THAT(page, HasSubstr("Evaluation: not for real patients"));
    EXPECT_THAT(page,
                HasSubstr("Page " + std::to_string(number) + " of " + std::to_string(copy.pages)));
  }
}

TEST(Render, KeepsThePageNumberClearWhereNobodyIsNamed) {
  INTAKE_NEEDS("pdftotext");
  auto copy = sample::of_answer("Yes");
  std::string title;
  while (title.size() < 120) title += "Agreements ";
  copy.sections.front().patient = {"", "", {{"Form", title}, {"Edition", "2026-11"}}};
  auto const boxes = viewer::word_boxes(render(copy, sample::plain_faces()).bytes);
  auto const number = std::ranges::find(boxes, "Page", &viewer::word_box::text);
  ASSERT_NE(number, boxes.end());
  std::size_t beside = 0;
  for (auto const& each : boxes) {
    if (each.bottom <= number->top || each.top >= number->bottom) continue;
    if (each.text.starts_with("Agreements")) ++beside;
    EXPECT_TRUE(each.left >= number->left || each.right < number->left) << each.text;
  }
  EXPECT_GT(beside, 0U);
}

TEST(Render, HasNoEvaluationBarInProduction) {
  INTAKE_NEEDS("pdftotext");
  auto copy = sample::of_answer("Yes");
  copy.purpose = standing::production;
  EXPECT_THAT(viewer::text(render(copy, sample::plain_faces()).bytes),
              Not(HasSubstr("Evaluation")));
}

TEST(Render, RepeatsTableHeaders) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(sample::of_everything(), sample::plain_faces());
  auto const text = viewer::text(copy.bytes);
  std::size_t headers = 0;
  for (auto at = text.find("How often"); at != std::string::npos;
       at = text.find("How often", at + 1)) {
    ++headers;
  }
  EXPECT_EQ(headers, 2U);
}

TEST(Render, NumbersEachSectionByItself) {
  INTAKE_NEEDS("pdftotext");
  auto bulk = sample::of_answer("First");
  bulk.sections.push_back(bulk.sections.front());
  bulk.sections.back().bookmark = "Second patient";
  auto const text = viewer::text(render(bulk, sample::plain_faces()).bytes);
  EXPECT_THAT(text, HasSubstr("Page 1 of 1"));
  EXPECT_THAT(text, Not(HasSubstr("of 2")));
}

TEST(Render, LeavesTheMarginsForTheHolePunch) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(sample::of_everything(), sample::plain_faces());
  auto const boxes = viewer::word_boxes(copy.bytes);
  ASSERT_GT(boxes.size(), 500U);
  for (auto const& box : boxes) {
    EXPECT_GE(box.left, style::margin_side_pt - 1);
    EXPECT_LE(box.right, style::page_width_pt - style::margin_side_pt + 1);
    EXPECT_GE(box.top, style::margin_top_pt - 4);
    EXPECT_LE(box.bottom, style::page_height_pt - style::margin_bottom_pt + 4);
  }
}

TEST(Render, ShowsFormsAsBookmarks) {
  INTAKE_NEEDS("qpdf");
  auto const copy = render(sample::of_everything(), sample::plain_faces());
  auto const seen = viewer::run(copy.bytes, {"qpdf", "--json", "--json-key=outlines", "{}"});
  EXPECT_THAT(seen.out, HasSubstr("\"title\": \"New patient packet\""));
  EXPECT_THAT(seen.out, HasSubstr("\"title\": \"Pain\""));
}

TEST(Render, MeetsTheSizeOfATextCopy) {
  EXPECT_LE(render(sample::of_everything(), sample::plain_faces()).bytes.size(), 32'000U);
}

TEST(Typefaces, RefuseWhatIsNoFont) {
  face_file const files[] = {{"this is no font"}};
  EXPECT_THROW(typefaces{files}, std::invalid_argument);
}

}  // namespace
}  // namespace intake::pdf
