#include "forms/x12/envelope.hpp"

#include "tests/forms/x12/sample_files.hpp"

#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::answer_with;
using samples::notes_of;
using notes = std::vector<std::string>;

TEST(X12Envelope, HoldsWhatIsaAndGsSay) {
  auto const text = samples::full_271();
  auto const read = read_tolerant(text);
  ASSERT_EQ(read.interchanges.size(), 1U);
  auto const& one = read.interchanges[0];
  EXPECT_EQ(one.sender, "EXAMPLECLINIC");
  EXPECT_EQ(one.receiver_qualifier, "ZZ");
  EXPECT_EQ(one.control, "000000017");
  EXPECT_EQ(one.usage, "T");
  ASSERT_EQ(one.groups.size(), 1U);
  EXPECT_EQ(one.groups[0].function, "HB");
  ASSERT_EQ(one.groups[0].sets.size(), 1U);
  auto const& set = one.groups[0].sets[0];
  EXPECT_EQ(set.kind, set_kind::response_271);
  EXPECT_EQ(set.release, set_version::v5010);
  EXPECT_TRUE(set.complete);
  EXPECT_EQ(set.segments.front().name, tag::st);
  EXPECT_EQ(set.segments.back().name, tag::se);
}

struct change {
  std::string_view name;
  std::string_view from;
  std::string_view to;
  notes wanted;
};

change const changes[] = {
    {"count of segments", "SE*12*", "SE*99*", {"14/1 se-count"}},
    {"no count", "SE*12*", "SE**", {"14/1 se-count", "14/1 element-missing"}},
    {"control of SE", "SE*12*0017", "SE*12*0018", {"14/2 se-control"}},
    {"count of sets", "GE*1*", "GE*7*", {"15/1 ge-count"}},
    {"control of GE", "GE*1*17", "GE*1*18", {"15/2 ge-control"}},
    {"count of groups", "IEA*1*", "IEA*0*", {"16/1 iea-count"}},
    {"control of IEA",
     "IEA*1*000000017",
     "IEA*1*17",
     {"16/2 element-too-short", "16/2 iea-control"}},
    {"no SE", "SE*12*0017~", "", {"14 se-missing"}},
    {"no GE", "GE*1*17~", "", {"15 ge-missing"}},
    {"no IEA", "IEA*1*000000017~", "", {"15 iea-missing"}},
    {"nothing after the benefit",
     "SE*12*0017~GE*1*17~IEA*1*000000017~",
     "",
     {"13 cut-off", "13 ge-missing", "13 iea-missing"}},
    {"another group", "GS*HB", "GS*HC", {"2/1 group-for-other-set"}},
    {"version 4010",
     "17*X*005010X279A1",
     "17*X*004010X092A1",
     {"2/8 version-4010", "3/3 version-differs"}},
    {"no version",
     "17*X*005010X279A1",
     "17*X*006020X999",
     {"2/8 version-unknown", "3/3 version-differs"}},
    {"another set", "ST*271", "ST*837", {"3/1 set-not-supported"}},
    {"ISA01 blank", "ISA*00*", "ISA*  *", {"1/1 element-missing"}},
    {"ISA05 in lower case",
     "*ZZ*EXAMPLECLINIC  ",
     "*zz*EXAMPLECLINIC  ",
     {"1/5 element-malformed"}},
    {"ISA06 blank", "*EXAMPLECLINIC  *", "*               *", {"1/6 element-missing"}},
    {"ISA09 no day", "*261128*0958*^", "*261328*0958*^", {"1/9 element-malformed"}},
    {"ISA10 no time", "*261128*0958*^", "*261128*9958*^", {"1/10 element-malformed"}},
    {"ISA11 like ISA16", "0958*^*", "0958*:*", {"1/11 repetition-separator"}},
    {"ISA11 like the terminator", "0958*^*", "0958*~*", {"1/11 repetition-separator"}},
    {"ISA11 of an older version", "0958*^*", "0958*U*", {"1/11 repetition-separator"}},
    {"ISA12 of an older version", "*00501*", "*00401*", {"1/12 isa-version"}},
    {"ISA12 no version", "*00501*", "*0050A*", {"1/12 element-malformed", "1/12 isa-version"}},
    {"ISA13 no number",
     "*000000017*0",
     "*ABCDEFGHI*0",
     {"1/13 element-malformed", "16/2 iea-control"}},
    {"ISA14", "17*0*T", "17*Q*T", {"1/14 value-not-allowed"}},
    {"ISA15", "*0*T*", "*0*Q*", {"1/15 value-not-allowed"}},
    {"ISA16 a space", "*T*:~", "*T* ~", {"1/16 value-not-allowed"}},
    {"GS with GS01 only",
     "GS*HB*EXAMPLECLINIC*EXAMPLEHUB*20261128*0958*17*X*005010X279A1",
     "GS*HB",
     {"2/2 element-missing", "2/3 element-missing", "2/4 element-missing", "2/5 element-missing",
      "2/6 element-missing", "2/7 element-missing", "2/8 element-missing", "15/2 ge-control"}},
    {"GS04 no day", "20261128*0958*17*X", "20261399*0958*17*X", {"2/4 element-malformed"}},
    {"GS05 no time", "20261128*0958*17*X", "20261128*2460*17*X", {"2/5 element-malformed"}},
    {"GS06 no number", "0958*17*X", "0958*A7*X", {"2/6 element-malformed", "15/2 ge-control"}},
    {"GS07", "17*X*0050", "17*T*0050", {"2/7 value-not-allowed"}},
    {"GE02 no number", "GE*1*17", "GE*1*A7", {"15/2 element-malformed", "15/2 ge-control"}},
    {"IEA02 of ten digits",
     "IEA*1*000000017",
     "IEA*1*0000000017",
     {"16/2 element-too-long", "16/2 iea-control"}},
    {"a group without a set",
     "GE*1*17~IEA*1",
     "GE*1*17~GS*HB*EXAMPLECLINIC*EXAMPLEHUB*20261128*0958*18*X*005010X279A1~GE*0*18~IEA*2",
     {"16 group-empty"}},
    {"a group without a set and without GE",
     "GE*1*17~IEA*1",
     "GE*1*17~GS*HB*EXAMPLECLINIC*EXAMPLEHUB*20261128*0958*18*X*005010X279A1~IEA*2",
     {"16 group-empty", "17 ge-missing"}},
    {"nothing after SE",
     "GE*1*17~IEA*1*000000017~",
     "",
     {"14 ge-missing", "14 iea-missing", "14 cut-between-sets"}},
    {"a segment before ST", "ST*271", "EB*1~ST*271", {"3 segment-outside-set"}},
    {"a segment after SE", "GE*1*17", "MSG*X~GE*1*17", {"15 segment-outside-set"}},
};

TEST(X12Envelope, SaysWhatDoesNotAddUp) {
  for (auto const& one : changes) {
    auto text = answer_with("EB*1**30~");
    auto const at = text.find(one.from);
    ASSERT_NE(at, text.npos) << one.name;
    text.replace(at, one.from.size(), one.to);
    EXPECT_EQ(notes_of(read_tolerant(text).found), one.wanted) << one.name;
  }
}

struct cut_case {
  std::string_view name;
  std::string_view before;  ///< the text ends before this
  notes wanted;
};

TEST(X12Envelope, ACutNamesItsSegmentAndElement) {
  auto const whole = answer_with("EB*1**30~MSG*ASK US~");
  cut_case const cases[] = {
      {"before GS", "GS*", {"1 nothing-inside", "1 iea-missing"}},
      {"inside the name of GS",
       "S*HB",
       {"2 cut-off", "2 last-terminator-missing", "2 segment-outside-set", "2 iea-missing"}},
      {"inside GS",
       "LEHUB*2026",
       {"2/3 cut-off", "2 last-terminator-missing", "2/4 element-missing", "2/5 element-missing",
        "2/6 element-missing", "2/7 element-missing", "2/8 element-missing", "2 ge-missing",
        "2 group-empty", "2 iea-missing"}},
      {"before ST", "ST*", {"2 cut-off", "2 ge-missing", "2 group-empty", "2 iea-missing"}},
      {"after a benefit", "MSG*", {"13 cut-off", "13 ge-missing", "13 iea-missing"}},
      {"inside a message",
       "US~",
       {"14/1 cut-off", "14 last-terminator-missing", "14 ge-missing", "14 iea-missing"}},
  };
  for (auto const& one : cases) {
    auto const read = read_tolerant(std::string_view{whole}.substr(0, whole.find(one.before)));
    EXPECT_EQ(notes_of(read.found), one.wanted) << one.name;
    EXPECT_EQ(verdict_of(read.found), reading_verdict::refused) << one.name;
  }
}

TEST(X12Envelope, ACutAfterASetIsSaidAndTheSetIsRead) {
  auto const whole = answer_with("EB*1**30~");
  auto const text = whole.substr(0, whole.find("GE*"));
  auto const read = read_tolerant(text);
  EXPECT_EQ(verdict_of(read.found), reading_verdict::deviations);
  EXPECT_FALSE(samples::only_response(read).is_cut_off);
  EXPECT_EQ(samples::only_response(read).answers.size(), 1U);
  auto const refused = read_strict(text);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().where, "segment 14");
}

TEST(X12Envelope, OfSetsBeforeACutNothingIsLost) {
  auto const whole = answer_with("EB*1**30~");
  auto const begin = whole.find("ST*");
  auto const one = whole.substr(begin, whole.find("GE*") - begin);
  auto const text = whole.substr(0, begin) + one + one.substr(0, one.find("EB*"));
  auto const read = read_tolerant(text);
  ASSERT_EQ(read.sets.size(), 2U);
  EXPECT_FALSE(std::get<response>(read.sets[0].content).is_cut_off);
  EXPECT_TRUE(std::get<response>(read.sets[1].content).is_cut_off);
  EXPECT_EQ(verdict_of(read.found), reading_verdict::refused);
}

TEST(X12Envelope, CountsAreNamedAndNoOtherText) {
  auto text = answer_with("EB*1**30~");
  text.replace(text.find("SE*12*"), 6, "SE*PATIENT*");
  auto const read = read_tolerant(text);
  ASSERT_FALSE(read.found.deviations().empty());
  auto const reason = reason_of(read.found.deviations().front());
  EXPECT_NE(reason.find("counted 12"), reason.npos);
  EXPECT_EQ(reason.find("PATIENT"), reason.npos);
}

TEST(X12Envelope, SeveralInterchangesGroupsAndSets) {
  auto const one = answer_with("EB*1**30~");
  auto second = samples::with_marks(one, {'|', '!', '>', '\n'});
  auto const swap = [&second](std::string_view from, std::string_view to) {
    for (auto at = second.find(from); at != second.npos; at = second.find(from, at + to.size())) {
      second.replace(at, from.size(), to);
    }
  };
  swap("000000017", "000000020");
  auto const text = one + "\r\n" + second + samples::sample_ta1() + samples::sample_999();
  auto const read = read_tolerant(text);
  EXPECT_EQ(notes_of(read.found), notes{});
  ASSERT_EQ(read.interchanges.size(), 4U);
  EXPECT_EQ(read.sets.size(), 3U);
  EXPECT_EQ(read.acknowledgements.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<response>(read.sets[1].content));
  EXPECT_TRUE(std::holds_alternative<group_acknowledgement>(read.sets[2].content));
}

TEST(X12Envelope, TheSameInterchangeTwiceIsSaid) {
  auto const one = answer_with("EB*1**30~");
  EXPECT_EQ(notes_of(read_tolerant(one + one).found), notes{"17/13 control-repeated"});
}

TEST(X12Envelope, AnInterchangeThatIsNotClosedDoesNotSwallowTheNext) {
  auto const one = answer_with("EB*1**30~");
  auto const cut = one.substr(0, one.find("SE*"));
  auto const text = cut + samples::sample_ta1();
  auto const read = read_tolerant(text);
  EXPECT_EQ(read.interchanges.size(), 2U);
  EXPECT_EQ(read.acknowledgements.size(), 1U);
  EXPECT_TRUE(samples::only_response(read).is_cut_off);
}

TEST(X12Envelope, StrictRefusesWithSegmentElementAndReason) {
  auto text = answer_with("EB*1**30~");
  EXPECT_TRUE(read_strict(text).has_value());
  text.replace(text.find("SE*12*"), 6, "SE*13*");
  auto const refused = read_strict(text);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "se-count");
  EXPECT_EQ(refused.error().where, "segment 14, element 1");
  EXPECT_NE(refused.error().message.find("says 13, counted 12"), std::string::npos);
}

}  // namespace
}  // namespace intake::forms::x12
