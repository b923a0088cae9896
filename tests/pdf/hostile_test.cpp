#include "pdf/itemise.hpp"
#include "pdf/render.hpp"
#include "pdf/unicode.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

std::vector<std::string> corpus_lines(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

/// One document with every line of a file as an answer: nothing may be lost, and no line may break
/// the file.
void expect_whole(std::filesystem::path const& path) {
  auto const lines = corpus_lines(path);
  ASSERT_FALSE(lines.empty());
  std::vector<block> blocks;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    blocks.push_back(answer{std::to_string(at), "Line " + std::to_string(at), "", lines[at]});
  }
  auto const copy = render(sample::of(std::move(blocks)), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty()) << path;
  auto const seen = viewer::run(copy.bytes, {"qpdf", "--check", "{}"});
  EXPECT_EQ(seen.status, 0) << path << seen.out << seen.err;
}

TEST(Hostile, StringCorpusIsPrintedWhole) {
  INTAKE_NEEDS("qpdf");
  std::filesystem::path const corpus = INTAKE_SHARED "/corpus/badinput";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "The corpus of bad input is missing.";
  expect_whole(corpus / "strings/blns.txt");
  for (auto const& entry : std::filesystem::directory_iterator(corpus / "fuzzdb")) {
    expect_whole(entry.path());
  }
}

struct hostile_case {
  char const* name;
  std::string text;
};

class HostileAnswer : public testing::TestWithParam<hostile_case> {};

TEST_P(HostileAnswer, IsPrintedWholeAndHarmless) {
  INTAKE_NEEDS("pdftotext");
  INTAKE_NEEDS("qpdf");
  auto const& text = GetParam().text;
  auto const copy = render(sample::of_answer(text), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  EXPECT_EQ(viewer::run(copy.bytes, {"qpdf", "--check", "{}"}).status, 0);
  EXPECT_EQ(copy.bytes.find("/JavaScript"), std::string::npos);
  std::u16string expected;
  auto const nfc = to_nfc(text);
  for (auto const line : hard_lines(nfc)) expected += printable(line, sample::plain_faces());
  auto const found = viewer::visible(viewer::content_text(copy.bytes));
  EXPECT_NE(found.find(to_utf8(visible_part(expected))), std::string::npos) << found.substr(0, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileAnswer,
    testing::Values(hostile_case{"operators", ") Tj ET Q /JS (app.alert(1)) ("},
                    hostile_case{"dictionary", "\\) /OpenAction << /S /JavaScript /JS (x) >>"},
                    hostile_case{"endstream", "endstream endobj 9 0 obj"},
                    hostile_case{"parentheses", "((((((((("}, hostile_case{"backslashes", "\\\\\\"},
                    hostile_case{"end_of_file", "%%EOF"},
                    hostile_case{"right_to_left_override", "\u202Egnp.exe"},
                    hostile_case{"nul", std::string("a\0\x01z", 4)},
                    hostile_case{"only_white", "\t\r\n\v\f"},
                    hostile_case{"family_emoji", "\U0001F469\u200D\U0001F469\u200D\U0001F467"},
                    hostile_case{"many_marks",
                                 [] {
                                   std::string text = "z";
                                   for (int at = 0; at < 5; ++at) text += "\u0301";
                                   return text + "a";
                                 }()},
                    hostile_case{"long_word", std::string(20'000, 'W')},
                    hostile_case{"many_lines",
                                 [] {
                                   std::string text;
                                   for (int at = 0; at < 3'000; ++at) text += "line\n";
                                   return text;
                                 }()}),
    [](auto const& tested) { return std::string(tested.param.name); });

std::string marks_upon_a(int count) {
  std::string text = "a";
  for (int at = 0; at < count; ++at) text += "\u0301";
  return text;
}

TEST(Hostile, MarksBeyondTenUponOneCharacterArePrintedByTheirNames) {
  auto const& faces = sample::plain_faces();
  auto const shown = [&](int count) { return printable(to_nfc(marks_upon_a(count) + "b"), faces); };
  // The first composes with its letter.
  EXPECT_EQ(shown(11).find(u"[U+0301]"), std::u16string::npos);
  EXPECT_EQ(shown(13), shown(11).substr(0, 11) + u"[U+0301][U+0301]b");
}

TEST(Hostile, FiftyThousandMarksAreDrawnInTheTimeOfTheirLength) {
  auto const begin = std::chrono::steady_clock::now();
  auto const copy = render(sample::of_answer(marks_upon_a(50'000)), sample::plain_faces());
  EXPECT_THAT(copy.defects, testing::IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
}

TEST(Hostile, BlankLinesDoNotFillPages) {
  auto const copy =
      render(sample::of_answer("a" + std::string(100'000, '\n') + "z"), sample::plain_faces());
  EXPECT_EQ(copy.pages, 1U);
}

TEST(Hostile, AMegabyteIsPrintedWhole) {
  std::string text;
  while (text.size() < 1'000'000) text += "Dull ache in the lower back, worse after sitting. ";
  auto const copy = render(sample::of_answer(text), sample::plain_faces());
  EXPECT_GT(copy.pages, 150U);
  EXPECT_THAT(copy.defects, testing::IsEmpty());
}

}  // namespace
}  // namespace intake::pdf
