#include "forms/x12/segments.hpp"

#include "forms/x12/segment_writer.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::answer_with;
using samples::notes_of;
using samples::with_marks;
using notes = std::vector<std::string>;

struct marks_case {
  std::string_view name;
  delimiters marks;
  std::string_view line_end;
};

marks_case const marks_cases[] = {
    {"usual", {'*', '^', ':', '~'}, ""},
    {"with line feeds", {'*', '^', ':', '~'}, "\n"},
    {"with CRLF", {'*', '^', ':', '~'}, "\r\n"},
    {"control characters", {'\x1D', '\x1F', '\x1E', '\x1C'}, ""},
    {"line feed ends segments", {'*', '^', ':', '\n'}, ""},
    {"carriage return ends segments, line feed follows", {'*', '^', ':', '\r'}, "\n"},
    {"bars", {'|', '!', '>', '\x15'}, ""},
    {"high bytes", {'\xA6', '\xA7', '\xA8', '\xB6'}, ""},
};

TEST(X12Segments, AreTheSameWithAnySeparators) {
  auto const plain = samples::full_271();
  auto const wanted = canonical_text(read_tolerant(plain).file);
  for (auto const& one : marks_cases) {
    auto const text = with_marks(plain, one.marks, one.line_end);
    auto const read = read_tolerant(text);
    EXPECT_EQ(notes_of(read.found), notes{}) << one.name;
    EXPECT_EQ(canonical_text(read.file), wanted) << one.name;
    ASSERT_EQ(read.interchanges.size(), 1U) << one.name;
    EXPECT_EQ(read.interchanges[0].marks, one.marks) << one.name;
  }
}

TEST(X12Segments, CountFromIsaAndNameElementsAsTheStandardDoes) {
  remarks found;
  auto const text = answer_with("EB*1**30^98**EXAMPLE PPO~");
  auto const file = read_segments(text, found);
  ASSERT_EQ(file.segments.size(), 16U);
  EXPECT_EQ(file.segments[0].name, tag::isa);
  EXPECT_EQ(file.segments[0].number, 1U);
  EXPECT_EQ(file.segments[0][13], "000000017");
  auto const& eb = file.segments[12];
  EXPECT_EQ(eb.id, "EB");
  EXPECT_EQ(eb.number, 13U);
  EXPECT_EQ(eb[1], "1");
  EXPECT_EQ(eb[2], "");
  EXPECT_EQ(part_of(eb[3], '^', 1), "98");
  EXPECT_EQ(part_of(eb[3], '^', 2), "");
  EXPECT_EQ(eb[5], "EXAMPLE PPO");
  EXPECT_EQ(eb[6], "");
  EXPECT_EQ(eb[0], "");
}

struct oddity_case {
  std::string_view name;
  std::string text;
  notes wanted;
};

std::string text_with(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  if (at == text.npos) {
    ADD_FAILURE() << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

TEST(X12Segments, SayWhatIsOddAboutTheBytes) {
  auto const good = answer_with("EB*1**30~");
  oddity_case const cases[] = {
      {"nothing", good, {}},
      {"empty", "", {"0 empty-file"}},
      {"blank lines only", "\r\n \n", {"0 empty-file"}},
      {"a page", "<!DOCTYPE html><p>Down</p>", {"1 not-x12"}},
      {"a mark before ISA", "\xEF\xBB\xBF" + good, {"1 byte-order-mark"}},
      {"blank lines before ISA", "\n\n" + good, {"1 blank-before-isa"}},
      {"UTF-16", std::string("\xFF\xFEI\0S\0A\0*\0", 10), {"1 utf-16"}},
      {"UTF-16 of the other order", std::string("\xFE\xFF\0I\0S\0A\0*", 10), {"1 utf-16"}},
      {"UTF-16 without a mark", std::string("I\0S\0A\0*\0", 8), {"1 utf-16"}},
      {"isa in lower case", text_with(good, "ISA*", "isa*"), {"1 isa-lower-case"}},
      {"a space between elements", with_marks(good, {' ', '^', ':', '~'}), {"1 isa-space"}},
      {"a word that begins like ISA", "ISABELLE", {"1 not-x12"}},
      {"elements and components separated alike",
       text_with(good, "T*:~", "T**~"),
       {"1/16 isa-separators"}},
      {"a digit that ends segments", text_with(good, "*:~GS", "*:9GS"), {"1/16 isa-separators"}},
      {"a digit between components", text_with(good, "*T*:~", "*T*2:~"), {"1/16 isa-separators"}},
      {"ISA without ISA02",
       text_with(good, "ISA*00*          *00", "ISA*00*00"),
       {"1/9 isa-unreadable"}},
      {"ISA without ISA14", text_with(good, "17*0*T", "17*T"), {"1/14 isa-unreadable"}},
      {"ISA cut after ISA13", good.substr(0, 99), {"1/14 isa-unreadable"}},
      {"ISA cut inside ISA13", good.substr(0, 95), {"1/13 isa-unreadable"}},
      {"ISA cut after ISA16",
       good.substr(0, 105),
       {"1 nothing-inside", "1 last-terminator-missing", "1 iea-missing"}},
      {"ISA with 15 elements",
       "ISA*00**00**ZZ*A*ZZ*B*261128*0958*^*00501*17*0*T~",
       {"1/16 isa-unreadable"}},
      {"ISA without its widths",
       text_with(good, "EXAMPLECLINIC  *ZZ", "EXAMPLECLINIC*ZZ"),
       {"1 isa-width"}},
      {"no terminator after ISA16",
       text_with(with_marks(good, {}, "\n"), ":~\n", ":\n"),
       {"1 isa-terminator-missing"}},
      {"two terminators", text_with(good, "DMG", "~DMG"), {"12 empty-segment"}},
      {"separators at the end",
       text_with(good, "EB*1**30~", "EB*1**30***~"),
       {"13/4 trailing-separator"}},
      {"lower case", text_with(good, "EB*1", "eb*1"), {"13 lower-case-id"}},
      {"a control character",
       text_with(good, "SALLY", std::string_view{"SAL\0LY", 6}),
       {"11/4 character-not-allowed"}},
      {"UTF-8", text_with(good, "SALLY", "SALL\xC3\x9D"), {"11/4 character-not-allowed"}},
      {"no last terminator", good.substr(0, good.size() - 1), {"16 last-terminator-missing"}},
      {"something after IEA", good + "\nBYE", {"16 bytes-between-interchanges"}},
  };
  for (auto const& one : cases) {
    EXPECT_EQ(notes_of(read_tolerant(one.text).found), one.wanted) << one.name;
  }
}

TEST(X12Segments, ANameWithAnotherFilesSeparatorsStaysNoName) {
  auto const text = with_marks(samples::full_271(), {'|', '!', '>', '\n'});
  auto const odd = text_with(text, "EB|", "IEA*1*17\nI*EA~|1\nEB|");
  auto const once = canonical_text(read_tolerant(odd).file);
  EXPECT_EQ(canonical_text(read_tolerant(once).file), once);
  EXPECT_NE(once.find("IEA_1_17~I_EA_*1~EB*"), once.npos);
}

TEST(X12Segments, OfManyElementsTheRestStaysTogether) {
  auto const text = answer_with("EB*1**30" + std::string(1000, '*') + "X~");
  auto const read = read_tolerant(text);
  std::size_t most = 0;
  for (auto const& one : read.file.segments) most = std::max(most, one.elements.size());
  EXPECT_EQ(most, segment_elements_max);
  EXPECT_EQ(verdict_of(read.found), reading_verdict::deviations);
}

TEST(X12Segments, AFileBeyondTheLimitIsRefusedAndNotSplit) {
  EXPECT_EQ(notes_of(read_tolerant(std::string(file_bytes_max + 1, 'A')).found),
            notes{"0 file-too-large"});
  auto text = answer_with("EB*1**30~");
  std::string many;
  for (std::size_t i = 0; i < file_parts_max; ++i) many += "AB~";
  text.insert(text.find("EB*1"), many);
  auto const read = read_tolerant(text);
  EXPECT_EQ(verdict_of(read.found), reading_verdict::refused);
  EXPECT_LE(read.file.segments.size(), file_parts_max);
}

TEST(X12Segments, RemarksBeyondTheLimitAreCounted) {
  auto text = answer_with("EB*1**30~");
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "~";
  text.insert(text.find("EB*1"), many);
  auto const read = read_tolerant(text);
  EXPECT_EQ(read.found.deviations().size(), remarks_max);
  EXPECT_EQ(read.found.left_out(), 5000U - remarks_max);
}

}  // namespace
}  // namespace intake::forms::x12
