#include "forms/x12/loops.hpp"

#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>

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
  std::string const header = "BHT*0022*11*REQ0017*20261128*0958~";
  auto whole_of = [&header](std::string const& segments) {
    auto text = samples::file_of("271", "");
    text.replace(text.find(header), header.size(), segments);
    auto const set = text.substr(text.find("ST*"), text.find("SE*") - text.find("ST*"));
    auto const count = std::to_string(std::ranges::count(set, '~') + 1);
    auto const at = text.find("SE*") + 3;
    return text.replace(at, text.find('*', at) - at, count);
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
       {"3 segment-missing", "7/4 hl-child-code", "9/3 hl-level", "10 segment-misplaced",
        "12 segment-misplaced", "13 segment-misplaced"}},
      {"a parent that is none", moved("HL*3*2*", "HL*3*9*"), {"9/2 hl-parent"}},
      {"a parent of the wrong level", moved("HL*3*2*", "HL*3*1*"), {"9/2 hl-parent"}},
      {"a number twice", moved("HL*3*2*", "HL*2*2*"), {"9/1 hl-repeated", "9/1 hl-sequence"}},
      {"children that are not there", moved("*22*0", "*22*1"), {"9/4 hl-child-code"}},
      {"a level without a name",
       moved("NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~", ""),
       {"7 name-missing"}},
      {"LE of another list",
       answer_with("EB*1**30~LS*2120~NM1*PRP*2*X~LE*9999~"),
       {"16/1 le-differs"}},
      {"a list of no loop",
       answer_with("EB*1**30~LS*9999~NM1*PRP*2*X~LE*9999~"),
       {"14/1 value-not-allowed"}},
      {"a payer of no kind", moved("NM1*PR*", "NM1*ZZ*"), {"6/1 value-not-allowed"}},
      {"a provider of no kind", moved("NM1*1P*", "NM1*IL*"), {"8/1 value-not-allowed"}},
      {"a dependent for a subscriber", moved("NM1*IL*", "NM1*03*"), {"11/1 value-not-allowed"}},
      {"a number too high", moved("HL*3*2*", "HL*9*2*"), {"9/1 hl-sequence"}},
      {"a number that is none", moved("HL*3*2*", "HL*A*2*"), {"9/1 hl-sequence"}},
      {"two birth dates",
       moved("DMG*D8*19700101*F~", "DMG*D8*19700101*F~DMG*D8*19990101*M~"),
       {"13 segment-repeated"}},
      {"ST and SE only",
       whole_of(""),
       {"3 segment-missing", "3 segment-missing", "3 segment-missing", "3 segment-missing",
        "3 segment-missing"}},
      {"no BHT", whole_of(levels + "EB*1**30~"), {"3 segment-missing"}},
      {"no answer", answer_with(""), {"3 segment-missing"}},
      {"two BHT", whole_of(header + header + levels + "EB*1**30~"), {"5 segment-repeated"}},
      {"another structure",
       whole_of("BHT*0019*11*R*20261128*0958~" + levels + "EB*1**30~"),
       {"4/1 value-not-allowed"}},
      {"a purpose of an inquiry",
       whole_of("BHT*0022*13*R*20261128*0958~" + levels + "EB*1**30~"),
       {"4/2 value-not-allowed"}},
      {"no day in BHT",
       whole_of("BHT*0022*11*R*20261399*0958~" + levels + "EB*1**30~"),
       {"4/4 element-malformed"}},
      {"no time in BHT",
       whole_of("BHT*0022*11*R*20261128*2561~" + levels + "EB*1**30~"),
       {"4/5 element-malformed"}},
      {"a payer that is rejected has nobody below",
       whole_of(header + "HL*1**20*0~NM1*PR*2*X*****PI*EXM01~AAA*Y**42*R~"),
       {}},
      {"a provider that is rejected has nobody below",
       whole_of(header + "HL*1**20*1~NM1*PR*2*X*****PI*EXM01~HL*2*1*21*0~NM1*1P*2*X~AAA*N**51*C~"),
       {}},
      {"an inquiry that asks nothing",
       samples::file_of("270",
                        "HL*1**20*1~NM1*PR*2*X~HL*2*1*21*1~NM1*1P*2*X~HL*3*2*22*0~"
                        "NM1*IL*1*X~"),
       {"3 segment-missing"}},
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
      {"a day with dashes", "EB*1**30~DTP*291*D8*2026-11-28~", {"14/3 element-malformed"}},
      {"empty repetitions", "EB*1**30^^33^~", {"13/3 repetition-empty"}},
      {"a code that repeats", "EB*1^2**30~", {"13/1 repetition-not-allowed"}},
      {"a code of components", "EB*1:2**30~", {"13/1 components-not-allowed"}},
      {"services of components", "EB*1**30:33~", {"13/3 components-not-allowed"}},
      {"a procedure of components", "EB*B**98***27*20******HC:99213:25~", {}},
      {"a procedure that repeats",
       "EB*B**98***27*20******HC:99213^HC:99214~",
       {"13/13 repetition-not-allowed"}},
      {"a message with a separator", "EB*1**30~MSG*AT 8:00~", {"14/1 components-not-allowed"}},
      {"a code in small letters", "EB*cb**30~", {"13/1 element-malformed"}},
      {"a network of no kind", "EB*1**30*********Q~", {"13/12 value-not-allowed"}},
      {"a number that is long by its sign only", "EB*F**98******VS*-12345678901234.5~", {}},
      {"a number that is too long",
       "EB*F**98******VS*1234567890123456~",
       {"13/10 element-too-long"}},
      {"a format of another kind", "EB*1**30~DTP*291*CM*202601~", {"14/2 date-unreadable"}},
  };
  for (auto const& one : cases) {
    auto const text = answer_with(one.segments);
    EXPECT_EQ(notes_of(read_tolerant(text).found), one.wanted) << one.name;
  }
}

}  // namespace
}  // namespace intake::forms::x12
