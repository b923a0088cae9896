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

/// What is printed must be found and copied as what was typed.
struct script_case {
  char const* name;
  std::string typed;
  std::string found;  ///< where it differs from what was typed

  std::string expected() const { return viewer::without_controls(found.empty() ? typed : found); }
};

class Script : public testing::TestWithParam<script_case> {};

TEST_P(Script, IsFoundAsTyped) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const& tested = GetParam();
  auto const copy = render(sample::of_answer(tested.typed), sample::world_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  EXPECT_THAT(viewer::visible(viewer::reading_text(copy.bytes)),
              testing::HasSubstr(viewer::visible(tested.expected())));
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

/// Lines that run both ways, and lines with points.
script_case const both_ways[] = {
    script_case{"hebrew_around_a_number", "כאב 123 בגב", ""},
    script_case{"hebrew_with_brackets", "כואב לי (חזק) מאוד", ""},
    script_case{"hebrew_with_a_date", "הכאב התחיל ב-5 במאי 2024", ""},
    script_case{"hebrew_around_latin", "אני לוקח Gabapentin 300 mg פעמיים ביום", ""},
    script_case{"hebrew_with_decimals", "אני בן 45.5 שנים", ""},
    script_case{"hebrew_with_marks", "שלום, עולם! 100% בסדר?", ""},
    script_case{"hebrew_with_two_marks", "נכון?! 5 (כן)...", ""},
    script_case{"hebrew_telephone", "טלפון: 813-555-0142", ""},
    script_case{"hebrew_telephone_first", "+972-3-555-0142 טל׳", ""},
    script_case{"hebrew_full_stop", "שלום עולם.", ""},
    script_case{"hebrew_times", "בשעה 10:30–11:45 (א׳–ה׳)", ""},
    script_case{"hebrew_amounts", "סה\"כ 1,234.56 ₪ (כולל 17% מע\"מ)", ""},
    script_case{"hebrew_money", "$5 שלום 5$ €7", ""},
    script_case{"hebrew_dashes", "ירושלים — Tel Aviv – חיפה", ""},
    script_case{"hebrew_list", "1. שלום 2. עולם 3. תודה", ""},
    script_case{"hebrew_around_a_quotation", "אמר \"I am fine [really]\" ואז 7 < 8 הלך", ""},
    script_case{"hebrew_around_chinese", "לא 病 כן", ""},
    script_case{"hebrew_letter_in_brackets", "(א)", ""},
    script_case{"hebrew_number_first", "5 א", ""},
    script_case{"hebrew_with_points", "שָׁלוֹם עוֹלָם", ""},
    script_case{"hebrew_with_points_around_latin", "מַרְחַבָּא Gabapentin בַּיּוֹם", ""},
    script_case{"hebrew_with_points_in_brackets", "הוא אמר (בְּרֵאשִׁית) 3 פעמים", ""},
    script_case{"arabic_around_a_number", "ألم في الظهر منذ 3 سنوات", ""},
    script_case{"arabic_digits", "ألم ١٢٣ في الظهر", ""},
    script_case{"arabic_decimals", "تناولت ٣٫٥ ملغ (٢٠٪) يوميا", ""},
    script_case{"arabic_all_digits", "مريض عمره ٤٥ سنة، وزنه 82.5 كغ؛ ضغطه 120/80", ""},
    script_case{"arabic_percent", "الله ١٢٫٥٪ لا إله", ""},
    script_case{"arabic_digits_in_hebrew", "אני ١٢٣ גב", ""},
    script_case{"arabic_digits_in_latin", "(Їжак) 5 (Pain) ٢٠٪ L5‑S1, ١٢٣ mg", ""},
    script_case{"arabic_date", "مرحبا 12/05/2024 صباحا", ""},
    script_case{"arabic_around_latin", "دواء «Gabapentin 300mg» مرتين/يوم", ""},
    script_case{"arabic_label", "المريض: Nora O’Brien-Muñoz (1951)", ""},
    script_case{"arabic_with_points", "مَرْحَبًا بِكَ", ""},
    script_case{"arabic_with_points_and_a_number", "أَلَمٌ 3 مَرَّات", ""},
    script_case{"hebrew_and_arabic", "שלום مرحبا 12 عالم", ""},
    script_case{"latin_around_arabic", "Pain كثير in the back", ""},
    script_case{"latin_around_hebrew", "Doctor כהן אבי said 5 mg", ""},
    script_case{"latin_around_both", "Dr. כהן-לוי, ד\"ר مريم & שרה", ""},
    script_case{"brackets_first", "(abc) שלום", ""},
    script_case{"latin_around_hebrew_and_number", "said שלום 123 עולם, twice", ""},
    script_case{"latin_around_brackets", "said (שלום 123) twice, a (שלום 12 עולם) b [مرحبا] c", ""},
    script_case{"latin_around_a_quotation", "he said \"אני בן 45, אוהב C++ ו-C#\" and left", ""},
    script_case{"latin_around_a_name", "name: \"כהן\", 45 years", ""},
    script_case{"tags", "a שלום <b> עולם c", ""},
    script_case{"chinese_around_hebrew", "疼痛 שלום 每天 2 次", ""},
    script_case{"chinese_right_before_hebrew", "疼痛שלום (חזק) 5 מאוד", ""},
    script_case{"latin_around_chinese_right_before_hebrew", "a 病שלום 5 כן, b", ""},
    script_case{"chinese_between_hebrew", "לא 病כן 5 (病)שלום 7 疼痛", ""},
    script_case{"chinese_right_before_arabic", "每天مرحبا 12 (٣٫٥) صباحا", ""},
    script_case{"mark_on_a_space", "לא \u0963 כן \u0963x", ""},
    script_case{"isolates", "at \u2067בית 5 (Main St.) דלת\u2069 and \u2068שלום 7\u2069, then", ""},
    script_case{"several_lines",
                "אני לוקח Gabapentin 300 mg פעמיים ביום, ו-Ibuprofen 400 mg (לפי הצורך) 3 פעמים; "
                "הכאב התחיל ב-5 במאי 2024 אחרי נפילה, ומאז 80% מהזמן כואב לי בגב התחתון.",
                ""}};

/// The same answer on a page that readers take from the other side.
document on_a_page_to_the_left(std::string const& typed) {
  auto out = sample::of_answer(typed);
  std::string many;
  for (int at = 0; at < 60; ++at) many += "שלום עולם כואב מאוד ";
  out.sections.front().blocks.push_back(paragraph{many});
  return out;
}

class BothWays : public testing::TestWithParam<script_case> {};

TEST_P(BothWays, IsCopiedAsTyped) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const expected = GetParam().expected();
  auto const to_the_right = render(sample::of_answer(GetParam().typed), sample::world_faces());
  EXPECT_THAT(to_the_right.defects, testing::IsEmpty());
  EXPECT_THAT(viewer::without_controls(viewer::reading_text(to_the_right.bytes)),
              testing::HasSubstr(expected));
  EXPECT_THAT(viewer::without_controls(viewer::text(to_the_right.bytes)),
              testing::HasSubstr(expected));
  auto const to_the_left = render(on_a_page_to_the_left(GetParam().typed), sample::world_faces());
  EXPECT_THAT(to_the_left.defects, testing::IsEmpty());
  EXPECT_THAT(viewer::without_controls(viewer::reading_text(to_the_left.bytes)),
              testing::HasSubstr(expected));
}

/// Poppler takes a page from the side that one letter more decides for.
TEST(LineThatRunsBothWays, IsCopiedAsTypedOnAPageThatIsHalfAndHalf) {
  INTAKE_NEEDS("pdftotext");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  std::string const typed = "אני לוקח Gabapentin 300 mg פעמיים ביום (5%).";
  std::string filler;
  for (int letters = 0; letters < 170; ++letters) {
    filler += "ב";
    if (letters < 90 || letters % 2 != 0) continue;
    auto made = sample::of_answer(typed);
    made.sections.front().blocks.push_back(paragraph{filler});
    auto const text = viewer::reading_text(render(made, sample::world_faces()).bytes);
    ASSERT_THAT(viewer::without_controls(text), testing::HasSubstr(typed)) << letters;
  }
}

/// The letters of a word whichever way they are read: boxes hold them from left to right.
std::string sorted(std::string word) {
  std::ranges::sort(word);
  return word;
}

/// What runs to the left stands so: the first word at the right edge, numbers as they are read.
TEST(LineThatRunsBothWays, StandsInTheOrderItIsRead) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("qpdf");
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  auto const copy =
      render(sample::of({paragraph{"כאב 123 בגב Gabapentin 300 מאוד"}}), sample::world_faces());
  std::vector<std::pair<double, std::string>> by_place;
  for (auto const& each : viewer::word_boxes(viewer::without_actual_texts(copy.bytes))) {
    auto const word = viewer::visible(each.text);
    if (!word.empty() && each.top > 80 && each.bottom < 200) {
      by_place.emplace_back(-each.left, sorted(word));
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
INSTANTIATE_TEST_SUITE_P(Texts, BothWays, testing::ValuesIn(both_ways), name_of);

class ScriptInPdfJs : public testing::TestWithParam<script_case> {};

/// INTAKE_PDFJS names a folder where pdfjs-dist was installed, as tests/pdf/pdfjs does.
TEST_P(ScriptInPdfJs, IsFoundAsTyped) {
  INTAKE_NEEDS("node");
  auto const* const folder = std::getenv("INTAKE_PDFJS");
  if (folder == nullptr) GTEST_SKIP() << "INTAKE_PDFJS names no folder with pdfjs-dist.";
  if (!sample::has_world_faces()) GTEST_SKIP() << "The Noto fonts for other scripts are missing.";
  for (auto const& made :
       {sample::of_answer(GetParam().typed), on_a_page_to_the_left(GetParam().typed)}) {
    auto const seen =
        viewer::run(render(made, sample::world_faces()).bytes,
                    {"node", INTAKE_SOURCE "/tests/pdf/pdfjs_text.mjs", std::string(folder), "{}"});
    EXPECT_EQ(seen.status, 0) << seen.err;
    EXPECT_EQ(seen.err, "");
    EXPECT_THAT(viewer::without_controls(seen.out), testing::HasSubstr(GetParam().expected()));
  }
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
