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
    {"control of IEA", "IEA*1*000000017", "IEA*1*17", {"16/2 iea-control"}},
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
