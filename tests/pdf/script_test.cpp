#include "pdf/render.hpp"
#include "pdf/unicode.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

/// pdf.js takes no space for one where a line goes on to the left of it in another font.
enum class white_space { kept, not_kept };

/// What is printed must be found and copied as what was typed.
struct script_case {
  char const* name;
  std::string typed;
  std::string found;  ///< where it differs from what was typed
  white_space spaces = white_space::kept;
};

class Script : public testing::TestWithParam<script_case> {};

TEST_P(Script, IsFoundAsTyped) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const& tested = GetParam();
  auto const copy = render(sample::of_answer(tested.typed), sample::world_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  auto const& expected = tested.found.empty() ? tested.typed : tested.found;
  EXPECT_THAT(viewer::visible(viewer::reading_text(copy.bytes)),
              testing::HasSubstr(viewer::visible(expected)));
}

script_case const cases[] = {
    script_case{"apostrophe", "I don’t know", ""},
    script_case{"non_breaking_hyphen", "L5‑S1", ""},
    script_case{"spanish", "¿Cuánto le duele a la señora Muñoz? Él dijo “así así”…", ""},
    script_case{"kreyol", "Mwen te tonbe nan mache a; doulè a desann nan janm gòch mwen.", ""},
    script_case{"vietnamese", "Nguyễn Thị Ánh ẵ ợ ữ Đặng", ""},
    script_case{"decomposed", "e\u0301 a\u0306\u0303", "é ẵ"},
    script_case{"mark_without_composed_form", "x\u0301y\u0323z", ""},
    script_case{"cyrillic", "Їжак щурячий, Київ", ""},
    script_case{"greek", "Ελληνικά ώρα", ""},
    script_case{"ligature_letters", "office affluent file fjord", ""},
    script_case{"pdf_syntax", "(a) \\ <b> [c] {d} /e %f", ""},
    script_case{"hebrew", "שלום עולם", ""},
    script_case{"arabic", "مرحبا بك في العيادة", ""},
    script_case{"arabic_lam_alef", "لا سلام الآن", ""},
    script_case{"devanagari", "नमस्ते क्षेत्र श्री प्रार्थना", ""},
    script_case{"chinese", "疼痛管理中心，腰部疼痛。", ""},
    script_case{"chinese_with_latin", "每天 2 次 Gabapentin 300 mg", ""},
    script_case{"emoji_as_label", "Better \U0001F44D today", "Better [U+1F44D] today"},
    script_case{"control_as_label", "a\x07z", "a[U+0007]z"},
    script_case{"bad_bytes", "a\xFFz", "a\uFFFDz"},
    script_case{"private_use_as_label", "x\uE000", "x[U+E000]"}};

/// Lines that run both ways. pdftotext lays them out anew unless it is told to take the file's
/// order.
script_case const both_ways[] = {
    script_case{"hebrew_around_a_number", "כאב 123 בגב", "", white_space::not_kept},
    script_case{"hebrew_with_brackets", "כואב לי (חזק) מאוד", "", white_space::not_kept},
    script_case{"hebrew_with_a_date", "הכאב התחיל ב-5 במאי 2024", "", white_space::not_kept},
    script_case{"hebrew_around_latin", "אני לוקח Gabapentin 300 mg פעמיים ביום", "",
                white_space::not_kept},
    script_case{"hebrew_with_decimals", "אני בן 45.5 שנים", "", white_space::not_kept},
    script_case{"hebrew_with_marks", "שלום, עולם! 100% בסדר?", "", white_space::not_kept},
    script_case{"hebrew_with_two_marks", "נכון?! 5 (כן)...", "", white_space::not_kept},
    script_case{"hebrew_telephone", "טלפון: 813-555-0142", "", white_space::not_kept},
    script_case{"arabic_around_a_number", "ألم في الظهر منذ 3 سنوات", ""},
    script_case{"arabic_digits", "ألم ١٢٣ في الظهر", ""},
    script_case{"arabic_date", "مرحبا 12/05/2024 صباحا", "", white_space::not_kept},
    script_case{"latin_around_arabic", "Pain كثير in the back", ""},
    script_case{"latin_around_hebrew", "Doctor כהן אבי said 5 mg", ""},
    script_case{"brackets_first", "(abc) שלום", ""},
    script_case{"latin_around_hebrew_and_number", "said שלום 123 עולם, twice", "",
                white_space::not_kept}};

/// The letters of a word whichever way they are read: boxes hold them from left to right.
std::string sorted(std::string word) {
  std::ranges::sort(word);
  return word;
}

/// What runs to the left stands so: the first word at the right edge, numbers as they are read.
TEST(BothWays, StandInTheOrderTheyAreRead) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const copy =
      render(sample::of({paragraph{"כאב 123 בגב Gabapentin 300 מאוד"}}), sample::world_faces());
  std::vector<std::pair<double, std::string>> by_place;
  for (auto const& each : viewer::word_boxes(copy.bytes)) {
    if (each.top > 80 && each.bottom < 200) {
      by_place.emplace_back(-each.left, sorted(viewer::visible(each.text)));
    }
  }
  std::ranges::sort(by_place);
  std::vector<std::string> words;
  for (auto const& each : by_place) words.push_back(each.second);
  std::vector<std::string> expected;
  for (auto const* each : {"כאב", "123", "בגב", "300", "Gabapentin", "מאוד"}) {
    expected.push_back(sorted(each));
  }
  EXPECT_EQ(words, expected);
}

std::string name_of(testing::TestParamInfo<script_case> const& tested) {
  return tested.param.name;
}

INSTANTIATE_TEST_SUITE_P(Texts, Script, testing::ValuesIn(cases), name_of);

class ScriptInPdfJs : public testing::TestWithParam<script_case> {};

/// INTAKE_PDFJS names a folder where pdfjs-dist was installed, as tests/pdf/pdfjs does.
TEST_P(ScriptInPdfJs, IsFoundAsTyped) {
  INTAKE_NEEDS("node");
  auto const* const folder = std::getenv("INTAKE_PDFJS");
  if (folder == nullptr) GTEST_SKIP() << "INTAKE_PDFJS names no folder with pdfjs-dist.";
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const& tested = GetParam();
  auto const copy = render(sample::of_answer(tested.typed), sample::world_faces());
  auto const seen = viewer::run(
      copy.bytes, {"node", INTAKE_SOURCE "/tests/pdf/pdfjs_text.mjs", std::string(folder), "{}"});
  EXPECT_EQ(seen.status, 0) << seen.err;
  EXPECT_EQ(seen.err, "");
  auto const& expected = tested.found.empty() ? tested.typed : tested.found;
  EXPECT_THAT(viewer::visible(seen.out), testing::HasSubstr(viewer::visible(expected)));
  if (GetParam().spaces == white_space::not_kept) return;
  // Where its line ends is all that a text may lose or get.
  auto found = seen.out;
  std::ranges::replace(found, '\n', ' ');
  EXPECT_THAT(found, testing::HasSubstr(to_utf8(to_nfc(expected))));
}

INSTANTIATE_TEST_SUITE_P(Texts, ScriptInPdfJs, testing::ValuesIn(cases), name_of);
INSTANTIATE_TEST_SUITE_P(BothWays, ScriptInPdfJs, testing::ValuesIn(both_ways), name_of);

TEST(Script, DrawsLabelsWithTheEmbeddedFacesAlone) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(sample::of_answer("病 שלום"), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  EXPECT_THAT(viewer::visible(viewer::content_text(copy.bytes)),
              testing::HasSubstr("[U+75C5][U+05E9][U+05DC][U+05D5][U+05DD]"));
}

}  // namespace
}  // namespace intake::pdf
