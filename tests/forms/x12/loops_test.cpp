#include "forms/x12/loops.hpp"

#include "tests/forms/x12/sample_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::answer_with;
using samples::notes_of;
using notes = std::vector<std::string>;

/// "2110C: EB MSG" for every loop, in order.
std::vector<std::string> shape_of(loop_tree const& tree) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < tree.loops.size(); ++i) {
    auto line = fmt::format("{}:", id_of(tree.loops[i]));
    for (auto const& one : tree.segments) {
      if (one.loop == i) line += fmt::format(" {}", one.what->id);
    }
    out.push_back(line);
  }
  return out;
}

TEST(X12Loops, OfAFullResponse) {
  auto const text = samples::full_271();
  auto const read = read_tolerant(text);
  EXPECT_EQ(notes_of(read.found), notes{});
  EXPECT_EQ(
      shape_of(read.sets.at(0).tree),
      (std::vector<std::string>{
          "header: ST BHT SE", "2000A: HL", "2100A: NM1 PER", "2000B: HL", "2100B: NM1 REF PRV",
          "2000C: HL TRN TRN", "2100C: NM1 REF N3 N4 PRV DMG INS HI DTP MPI", "2000D: HL TRN",
          "2100D: NM1 DMG INS DTP", "2110D: EB REF DTP", "2110D: EB", "2110D: EB", "2110D: EB",
          "2110D: EB HSD AAA MSG LS LE", "2115D: III", "2115D: III", "2120D: NM1 N3 N4 PER PRV",
          "2110D: EB"}));
}

TEST(X12Loops, OfAFullInquiry) {
  auto const text = samples::full_270();
  auto const read = read_tolerant(text);
  EXPECT_EQ(notes_of(read.found), notes{});
  EXPECT_EQ(
      shape_of(read.sets.at(0).tree),
      (std::vector<std::string>{
          "header: ST BHT SE", "2000A: HL", "2100A: NM1", "2000B: HL", "2100B: NM1 REF N3 N4 PRV",
          "2000C: HL TRN", "2100C: NM1 REF N3 N4 DMG HI DTP", "2110C: EQ AMT III REF DTP",
          "2110C: EQ", "2000D: HL TRN", "2100D: NM1 DMG INS DTP", "2110D: EQ"}));
}

struct placing {
  std::string_view name;
  std::string text;
  notes wanted;
};

TEST(X12Loops, SayWhatStandsInTheWrongPlace) {
  auto const levels = std::string{samples::levels_271()};
  auto moved = [&levels](std::string_view from, std::string_view to) {
    auto text = levels;
    text.replace(text.find(from), from.size(), to);
    return samples::file_of("271", text + "EB*1**30~");
  };
  placing const cases[] = {
      {"a message before the dates",
       answer_with("EB*1**30~MSG*X~DTP*348*D8*20260101~"),
       {"15 segment-out-of-order"}},
      {"a date after LE",
       answer_with("EB*1**30~LS*2120~NM1*PRP*2*X~LE*2120~DTP*348*D8*20260101~"),
       {"17 segment-out-of-order"}},
      {"LS without LE", answer_with("EB*1**30~LS*2120~NM1*PRP*2*X~EB*L~"), {"16 ls-without-le"}},
      {"LE without LS", answer_with("EB*1**30~LE*2120~"), {"14 le-without-ls"}},
      {"NM1 without LS", answer_with("EB*1**30~NM1*PRP*2*X~"), {"14 segment-misplaced"}},
      {"a segment of no standard", answer_with("EB*1**30~ZZZ*1~"), {"14 unknown-segment"}},
      {"a question in a response", answer_with("EQ*30~"), {"13 segment-misplaced"}},
      {"a benefit above all people",
       samples::file_of("271", "EB*1**30~" + levels),
       {"5 segment-misplaced"}},
      {"a level that is none",
       moved("*22*0", "*24*0"),
       {"7/4 hl-child-code", "9/3 hl-level", "10 segment-misplaced", "12 segment-misplaced",
        "13 segment-misplaced"}},
      {"a parent that is none", moved("HL*3*2*", "HL*3*9*"), {"9/2 hl-parent"}},
      {"a parent of the wrong level", moved("HL*3*2*", "HL*3*1*"), {"9/2 hl-parent"}},
      {"a number twice", moved("HL*3*2*", "HL*2*2*"), {"9/1 hl-repeated"}},
      {"children that are not there", moved("*22*0", "*22*1"), {"9/4 hl-child-code"}},
      {"a level without a name",
       moved("NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~", ""),
       {"7 name-missing"}},
      {"a trace after the name",
       moved("TRN*2*TRACE0017*9EXAMPLECL~NM1*IL*1*SAMPLE*SALLY****MI*EX0000017~",
             "NM1*IL*1*SAMPLE*SALLY****MI*EX0000017~TRN*2*TRACE0017*9EXAMPLECL~"),
       {"11 segment-out-of-order"}},
  };
  for (auto const& one : cases) {
    EXPECT_EQ(notes_of(read_tolerant(one.text).found), one.wanted) << one.name;
  }
}

TEST(X12Loops, SayWhatElementsHaveWrong) {
  struct element_case {
    std::string_view name;
    std::string_view segments;
    notes wanted;
  };
  element_case const cases[] = {
      {"all is well", "EB*1**30~", {}},
      {"missing", "EB~", {"13/1 element-missing"}},
      {"too short", "EB*1*IN*30~", {"13/2 element-too-short"}},
      {"too long", "EB*1**300~", {"13/3 element-too-long"}},
      {"one of several too long", "EB*1**30^98^300~", {"13/3 element-too-long"}},
      {"no such element", "EB*1**30***********1:2*X~", {"13/15 element-not-used"}},
      {"no number", "EB*B**98***27*TEN~", {"13/7 element-malformed", "13/7 amount-unreadable"}},
      {"a share of 40", "EB*A**98*****40~", {"13/8 percent-unreadable"}},
      {"half a pair", "EB*F**98******VS~", {"13/10 pair-incomplete"}},
      {"no day", "EB*1**30~DTP*291*D8*20260230~", {"14/3 date-unreadable"}},
      {"a span that ends before it begins",
       "EB*1**30~DTP*291*RD8*20261231-20260101~",
       {"14/3 date-unreadable"}},
      {"a format of another kind", "EB*1**30~DTP*291*CM*202601~", {"14/2 date-unreadable"}},
  };
  for (auto const& one : cases) {
    auto const text = answer_with(one.segments);
    EXPECT_EQ(notes_of(read_tolerant(text).found), one.wanted) << one.name;
  }
}

}  // namespace
}  // namespace intake::forms::x12
