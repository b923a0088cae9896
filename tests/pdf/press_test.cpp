#include "pdf/render.hpp"
#include "pdf/style.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

/// Patients of one, two and three pages.
document three_patients() {
  document out = sample::of({});
  out.sections.clear();
  for (int patient = 1; patient <= 3; ++patient) {
    std::vector<block> blocks{heading{heading_level::title, "Forms", "", in_outline::yes}};
    for (int at = 0; at < patient * 25; ++at) {
      blocks.push_back(paragraph{fmt::format("Patient {}, line {}", patient, at)});
    }
    blocks.push_back(heading{heading_level::section, "Pain", "", in_outline::yes});
    out.sections.push_back(sample::of(std::move(blocks)).sections.front());
    out.sections.back().bookmark = fmt::format("Patient {}", patient);
  }
  return out;
}

TEST(Press, DrawsSectionBySectionWhatRenderDrawsAtOnce) {
  auto const whole = three_patients();
  press drawing(whole, sample::plain_faces());
  std::vector<std::size_t> pages;
  for (auto const& each : whole.sections) {
    auto const own = std::make_unique<section>(each);
    auto const drawn = drawing.add(*own);
    pages.push_back(drawn.pages);
    EXPECT_THAT(drawn.defects, testing::IsEmpty());
  }
  EXPECT_EQ(pages, (std::vector<std::size_t>{1, 2, 3}));
  EXPECT_EQ(drawing.finish(), render(whole, sample::plain_faces()).bytes);
}

TEST(Press, BeginsEveryPatientOnANewSheetWhereBothSidesArePrinted) {
  INTAKE_NEEDS("pdftotext");
  auto both = three_patients();
  both.sides = printed_on::both;
  auto const copy = render(both, sample::plain_faces());
  EXPECT_EQ(copy.pages, 8U);
  auto text = viewer::text(copy.bytes);
  std::vector<std::size_t> first_pages;
  for (std::size_t page = 1; !text.empty(); ++page) {
    auto const here = text.substr(0, text.find('\f'));
    text.erase(0, here.size() + 1);
    if (here.find("Page 1 of ") != std::string::npos) first_pages.push_back(page);
  }
  EXPECT_EQ(first_pages, (std::vector<std::size_t>{1, 3, 5}));
  EXPECT_THAT(copy.bytes, testing::HasSubstr("DuplexFlipLongEdge"));
}

TEST(Press, PutsABookmarkForEachPatientAndTheFormsBelow) {
  INTAKE_NEEDS("qpdf");
  auto const copy = render(three_patients(), sample::plain_faces());
  auto const seen = viewer::run(copy.bytes, {"qpdf", "--json=1", "--json-key=outlines", "{}"});
  // Patient 2 stands on page 2 and has its title below it, with the form below that.
  auto const patient = seen.out.find("\"title\": \"Patient 2\"");
  ASSERT_NE(patient, std::string::npos) << seen.out;
  auto const before = seen.out.rfind("\"title\": \"Patient 1\"", patient);
  auto const entry = seen.out.substr(before, patient - before);
  EXPECT_THAT(entry, testing::HasSubstr("\"destpageposfrom1\": 2"));
  EXPECT_THAT(entry, testing::HasSubstr("\"title\": \"Pain\""));
  EXPECT_THAT(entry, testing::HasSubstr("\"title\": \"Forms\""));
}

TEST(Press, NamesDefectsOfTheSectionThatHasThem) {
  auto const whole = three_patients();
  press drawing(whole, sample::plain_faces());
  EXPECT_THAT(drawing.add(whole.sections[0]).defects, testing::IsEmpty());
  table narrow{"", std::vector<column>(40, column{}), {{}}};
  for (int at = 0; at < 40; ++at) narrow.rows.front().push_back({"c" + std::to_string(at), "W"});
  EXPECT_THAT(drawing.add(sample::of({narrow}).sections[0]).defects, testing::Contains("c39"));
  EXPECT_THAT(drawing.add(whole.sections[1]).defects, testing::IsEmpty());
}

}  // namespace
}  // namespace intake::pdf
