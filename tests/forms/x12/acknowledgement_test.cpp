#include "forms/x12/acknowledgement.hpp"

#include "forms/x12/labels.hpp"
#include "forms/x12/next_step.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <algorithm>
#include <initializer_list>

#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

group_acknowledgement const& only_group(reading const& from) {
  return std::get<group_acknowledgement>(from.sets.at(0).content);
}

TEST(X12Acknowledgement, A999SaysWhatEachSetHasWrong) {
  auto const text = samples::sample_999();
  auto const read = read_tolerant(text);
  EXPECT_TRUE(read.found.empty());
  auto const& group = only_group(read);
  EXPECT_EQ(group.function, "HS");
  EXPECT_EQ(group.control, "17");
  EXPECT_EQ(group.verdict, acknowledged::partly);
  EXPECT_EQ(group.included, "2");
  EXPECT_EQ(group.accepted, "1");
  EXPECT_EQ(group.notes, std::vector<std::string_view>{"5"});
  ASSERT_EQ(group.sets.size(), 2U);
  EXPECT_EQ(group.sets[0].verdict, acknowledged::accepted);
  auto const& bad = group.sets[1];
  EXPECT_EQ(bad.control, "0018");
  EXPECT_EQ(bad.verdict, acknowledged::rejected);
  EXPECT_EQ(bad.notes, (std::vector<std::string_view>{"5", "I6"}));
  auto const& fault = bad.faults.at(0);
  EXPECT_EQ(fault.id, "NM1");
  EXPECT_EQ(fault.position, "10");
  EXPECT_EQ(fault.loop, "2100");
  EXPECT_EQ(fault.contexts.at(0), "TRN02:TRACE0018");
  auto const& element = fault.elements.at(0);
  EXPECT_EQ(element.position, "9");
  EXPECT_EQ(element.component, "1");
  EXPECT_EQ(element.repetition, "2");
  EXPECT_EQ(element.reference, "67");
  EXPECT_EQ(element.code, "7");
  EXPECT_EQ(element.copy_of_bad_data, "BAD ID");
}

TEST(X12Acknowledgement, A997IsReadTheSameWay) {
  auto text = samples::sample_999();
  for (auto const& [from, to] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"ST*999*0001*005010X231A1", "ST*997*0001"},
           {"IK3", "AK3"},
           {"IK4", "AK4"},
           {"IK5", "AK5"},
           {"IK5", "AK5"}}) {
    text.replace(text.find(from), from.size(), to);
  }
  auto const read = read_tolerant(text);
  EXPECT_EQ(only_group(read).sets.at(1).faults.at(0).elements.at(0).code, "7");
}

TEST(X12Acknowledgement, TheVerdictIsTheCodes) {
  struct code_case {
    std::string_view code;
    std::string_view verdict;
  };
  constexpr code_case cases[] = {{"A", "accepted"},        {"E", "accepted-with-errors"},
                                 {"P", "partly-accepted"}, {"R", "rejected"},
                                 {"M", "rejected"},        {"W", "rejected"},
                                 {"X", "rejected"},        {"Q", "unclear"}};
  for (auto const& one : cases) {
    auto text = samples::sample_999();
    text.replace(text.find("AK9*P"), 5, "AK9*" + std::string{one.code});
    auto const read = read_tolerant(text);
    EXPECT_EQ(name_of(only_group(read).verdict), one.verdict) << one.code;
  }
}

TEST(X12Acknowledgement, Ta1NamesTheInterchange) {
  auto const text = samples::sample_ta1();
  auto const read = read_tolerant(text);
  EXPECT_TRUE(read.found.empty());
  ASSERT_EQ(read.acknowledgements.size(), 1U);
  EXPECT_EQ(read.acknowledgements[0].control, "000000017");
  EXPECT_EQ(read.acknowledgements[0].note, "025");
  EXPECT_EQ(read.acknowledgements[0].verdict, acknowledged::rejected);
}

struct deviation_case {
  std::string_view name;
  std::string_view from;
  std::string_view to;
  std::vector<std::string> wanted;
};

void expect_deviations(std::string const& good, std::initializer_list<deviation_case> cases) {
  for (auto const& one : cases) {
    auto text = good;
    auto const at = text.find(one.from);
    ASSERT_NE(at, text.npos) << one.name;
    text.replace(at, one.from.size(), one.to);
    EXPECT_EQ(samples::notes_of(read_tolerant(text).found), one.wanted) << one.name;
  }
}

TEST(X12Acknowledgement, ATa1IsCheckedElementByElement) {
  expect_deviations(samples::sample_ta1(),
                    {{"control", "TA1*000000017", "TA1*17", {"2/1 element-too-short"}},
                     {"no day", "*261128*0958*R", "*261399*0958*R", {"2/2 element-malformed"}},
                     {"no time", "*261128*0958*R", "*261128*9953*R", {"2/3 element-malformed"}},
                     {"no verdict", "*R*025", "*Q*025", {"2/4 value-not-allowed"}},
                     {"no note", "*R*025", "*R", {"2/5 element-missing"}},
                     {"a note of letters", "*R*025", "*R*XYZ", {"2/5 element-malformed"}}});
}

TEST(X12Acknowledgement, A999IsCheckedElementByElement) {
  expect_deviations(
      samples::sample_999(),
      {{"no AK9", "AK9*P*2*2*1*5~SE*11", "SE*10", {"3 segment-missing"}},
       {"no AK1", "AK1*HS*17*005010X279A1~", "", {"3 segment-missing", "12/1 se-count"}},
       {"two AK9", "SE*11", "AK9*P*2*2*1~SE*12", {"13 segment-misplaced"}},
       {"a code of no set", "IK5*A", "IK5*Z", {"6/1 value-not-allowed"}},
       {"a code of no group", "AK9*P", "AK9*Q", {"12/1 value-not-allowed"}},
       {"a position of letters", "IK3*NM1*10", "IK3*NM1*X", {"8/2 element-malformed"}},
       {"counts of letters", "AK9*P*2*2*1", "AK9*P*2*A*1", {"12/3 element-malformed"}},
       {"less received than named",
        "AK9*P*2*2*1",
        "AK9*P*2*1*1",
        {"12/3 counts-differ", "12/4 counts-differ"}},
       {"more accepted than received", "AK9*P*2*2*1", "AK9*P*2*2*3", {"12/4 counts-differ"}},
       {"less accepted than named", "AK9*P*2*2*1", "AK9*P*2*2*0", {"12/4 counts-differ"}},
       {"accepted, and one is not", "AK9*P*2*2*1*5", "AK9*A*2*2*1", {"12/1 counts-differ"}},
       {"rejected, and one is not", "AK9*P*2*2*1*5", "AK9*R*2*2*1", {"12/1 counts-differ"}},
       {"in part, and none is", "AK9*P*2*2*1*5", "AK9*P*1*2*1", {"12/2 counts-differ"}},
       {"rejected for the group's own sake", "AK9*P*2*2*1*5", "AK9*R*2*2*1*4", {}}});
}

TEST(X12Acknowledgement, SegmentsInTheWrongPlaceAreSaidAndLost) {
  auto text = samples::sample_999();
  text.replace(text.find("AK2*270*0017*005010X279A1~"), 26, "IK3*NM1*10~IK4*1**7~CTX*X~");
  auto const read = read_tolerant(text);
  auto const notes = samples::notes_of(read.found);
  EXPECT_EQ(std::ranges::count_if(
                notes, [](auto const& one) { return one.ends_with("segment-misplaced"); }),
            4);
}

struct step_case {
  std::string_view reject_code;
  std::string_view follow_up_code;
  std::string_view action;
  int days;
};

constexpr step_case step_cases[] = {
    {"42", "P", "retry", 0},
    {"42", "R", "retry", 0},
    {"80", "P", "retry", 0},
    {"80", "R", "retry", 0},
    {"42", "N", "staff", 0},
    {"42", "C", "staff", 0},
    {"42", "", "staff", 0},
    {"42", "S", "wait", 0},
    {"80", "Y", "wait", 0},
    {"75", "S", "wait", 0},
    {"75", "Y", "wait", 0},
    {"42", "W", "schedule", 30},
    {"42", "X", "schedule", 10},
    {"75", "W", "schedule", 30},
    {"51", "X", "schedule", 10},
    {"58", "C", "correct-with-patient", 0},
    {"71", "C", "correct-with-patient", 0},
    {"72", "C", "correct-with-patient", 0},
    {"73", "N", "correct-with-patient", 0},
    {"75", "C", "correct-with-patient", 0},
    {"75", "", "correct-with-patient", 0},
    {"41", "C", "enrolment", 0},
    {"43", "N", "enrolment", 0},
    {"50", "N", "enrolment", 0},
    {"51", "C", "enrolment", 0},
    {"57", "C", "staff", 0},
    {"62", "C", "staff", 0},
    {"76", "N", "staff", 0},
    {"", "", "staff", 0},
    {"ZZ", "R", "staff", 0},
    {"ZZ", "Q", "staff", 0},
};

TEST(X12NextStep, ComesFromReasonAndFollowUp) {
  for (auto const& one : step_cases) {
    auto const step = next_step_for(one.reject_code, one.follow_up_code);
    EXPECT_EQ(name_of(step.action), one.action) << one.reject_code << one.follow_up_code;
    EXPECT_EQ(int{step.days}, one.days) << one.reject_code << one.follow_up_code;
  }
}

struct demand_case {
  std::string_view name;
  std::string_view subscriber;
  std::string_view rows;
  std::string_view action;
  int days;
};

constexpr demand_case demand_cases[] = {
    {"no rejection", "", "EB*1**30~", "", 0},
    {"one", "AAA*Y**42*R~", "", "retry", 0},
    {"one inside a benefit", "", "EB*1**30~AAA*Y**42*R~", "retry", 0},
    {"a correction after a pause", "AAA*Y**42*R~AAA*N**75*C~", "", "correct-with-patient", 0},
    {"a correction before a pause", "AAA*N**75*C~AAA*Y**42*R~", "", "correct-with-patient", 0},
    {"enrolment goes before a correction", "AAA*N**75*C~AAA*N**41*C~", "", "enrolment", 0},
    {"staff goes before everything", "AAA*N**41*C~AAA*N**15*C~", "", "staff", 0},
    {"not again goes before again", "AAA*Y**42*R~AAA*Y**42*W~AAA*Y**42*Y~", "", "wait", 0},
    {"a pause goes before at once", "AAA*Y**42*R~AAA*Y**42*X~", "", "schedule", 10},
    {"the longer pause", "AAA*Y**42*X~AAA*Y**42*W~", "", "schedule", 30},
    {"the benefit demands more", "AAA*Y**42*R~", "EB*1**30~EB*1**98~AAA*N**71*C~",
     "correct-with-patient", 0},
};

TEST(X12NextStep, OfSeveralRejectionsIsTheOneThatDemandsMost) {
  for (auto const& one : demand_cases) {
    auto const text = samples::answer_with(std::string{one.subscriber} + std::string{one.rows});
    auto const read = read_tolerant(text);
    auto const& all = samples::only_response(read);
    auto const step = next_step_of(all, all.answers.at(0));
    EXPECT_EQ(step ? name_of(step->action) : "", one.action) << one.name;
    EXPECT_EQ(step ? int{step->days} : 0, one.days) << one.name;
  }
}

TEST(X12NextStep, NoneIsLostBehindTheFirstFifty) {
  std::string rejections;
  for (std::size_t n = 0; n < rejections_max + 5; ++n) rejections += "AAA*Y**42*R~";
  auto const text = samples::answer_with(rejections + "AAA*N**75*C~");
  auto const read = read_tolerant(text);
  auto const& all = samples::only_response(read);
  EXPECT_EQ(next_step_of(all, all.answers.at(0))->action, next_action::correct_with_patient);
}

TEST(X12Labels, AreThereForWhatMustBeUnderstoodAndForNothingElse) {
  EXPECT_EQ(label_of_benefit("1"), "active");
  EXPECT_EQ(label_of_benefit("6"), "not active");
  EXPECT_EQ(label_of_follow_up("W"), "send it again after 30 days");
  EXPECT_EQ(label_of_benefit("ZZ"), "");
  EXPECT_EQ(label_of_follow_up(""), "");
}

}  // namespace
}  // namespace intake::forms::x12
