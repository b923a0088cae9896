#include "forms/x12/verdict.hpp"

#include "tests/forms/x12/sample_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::answer_with;
using samples::only_response;

struct verdict_case {
  std::string_view name;
  std::string_view segments;
  day_number asked;
  std::string_view status;
  std::string_view reason;
};

verdict_case const verdict_cases[] = {
    {"active", "EB*1**30~", 0, "active", "payer-says-active"},
    {"active without a service", "EB*1~", 0, "active", "payer-says-active"},
    {"capitated is active", "EB*3**30~", 0, "active", "payer-says-active"},
    {"active, one service not covered", "EB*1**30~EB*I**33~", 0, "active", "payer-says-active"},
    {"inactive", "EB*6**30~", 20261128, "inactive", "payer-says-inactive"},
    {"one part active, one not", "EB*1**30**MA~EB*6**30**MB~", 0, "unclear", "payers-rows-differ"},
    {"active but looked into", "EB*5**30~", 0, "unclear", "still-pending"},
    {"inactive but looked into", "EB*8**30~", 0, "unclear", "still-pending"},
    {"active for a service only", "EB*1**98~", 0, "unclear", "only-for-services"},
    {"inactive for a service only", "EB*6**98~", 0, "inactive", "payer-says-inactive"},
    {"plan rows go before service rows", "EB*6**98~EB*1**30~", 0, "active", "payer-says-active"},
    {"nothing about status", "EB*B**98***27*10~", 0, "unclear", "nothing-said"},
    {"nothing at all", "", 0, "unclear", "nothing-said"},
    {"payer could not process", "EB*V~", 0, "could-not-check", "rejected"},
    {"begins later", "EB*1**30~DTP*346*D8*20270101~", 20261128, "inactive", "outside-plan-dates"},
    {"begins that day", "EB*1**30~DTP*346*D8*20261128~", 20261128, "active", "payer-says-active"},
    {"ended before", "EB*1**30~DTP*347*D8*20261127~", 20261128, "inactive", "outside-plan-dates"},
    {"ends that day", "EB*1**30~DTP*347*D8*20261128~", 20261128, "active", "payer-says-active"},
    {"the span is over", "EB*1**30~DTP*291*RD8*20250101-20251231~", 20261128, "inactive",
     "outside-plan-dates"},
    {"one day for a span has no end", "EB*1**30~DTP*307*D8*20150101~", 20261128, "active",
     "payer-says-active"},
    {"a span of one day has one", "EB*1**30~DTP*307*RD8*20150101-20150101~", 20261128, "inactive",
     "outside-plan-dates"},
    {"no day asked, no dates used", "EB*1**30~DTP*347*D8*20200101~", 0, "active",
     "payer-says-active"},
    {"other dates say nothing of it", "EB*1**30~DTP*636*D8*20270101~", 20261128, "active",
     "payer-says-active"},
    {"an old plan and a new one",
     "EB*1**30**HM*OLD~DTP*291*RD8*20250101-20251231~EB*1**30**PR*NEW~DTP*291*RD8*20260101-"
     "20261231~",
     20261128, "active", "payer-says-active"},
    {"it was inactive at another time",
     "EB*6**30~DTP*291*RD8*20250101-20251231~EB*1**30~DTP*291*RD8*20260101-20261231~", 20261128,
     "active", "payer-says-active"},
    {"an end nobody can read", "EB*1**30~DTP*347*D8*20261399~", 20261128, "unclear",
     "dates-in-doubt"},
    {"an end in a format of another kind", "EB*1**30~DTP*347*DT*202511300000~", 20261128, "unclear",
     "dates-in-doubt"},
    {"an unreadable date of another kind", "EB*1**30~DTP*636*D8*20261399~", 20261128, "active",
     "payer-says-active"},
    {"an unreadable end, a row that says inactive", "EB*6**30~DTP*347*D8*20261399~", 20261128,
     "inactive", "payer-says-inactive"},
    {"the policy expired", "DTP*539*D8*20250101~DTP*540*D8*20251231~EB*1**30~", 20261128,
     "inactive", "outside-plan-dates"},
    {"the policy is still to begin", "DTP*539*D8*20270101~EB*1**30~", 20261128, "inactive",
     "outside-plan-dates"},
    {"COBRA ended", "DTP*341*D8*20251231~EB*1**30~", 20261128, "inactive", "outside-plan-dates"},
    {"the period is over", "EB*1**30~DTP*194*D8*20251231~", 20261128, "inactive",
     "outside-plan-dates"},
    {"died before that day", "DTP*442*D8*20251231~EB*1**30~", 20261128, "unclear",
     "dates-in-doubt"},
    {"died that day", "DTP*442*D8*20261128~EB*1**30~", 20261128, "active", "payer-says-active"},
    {"the premium is paid up to earlier", "DTP*343*D8*20261031~EB*1**30~", 20261128, "unclear",
     "dates-in-doubt"},
    {"a begin that is a span which is over", "DTP*346*RD8*20250101-20251231~EB*1**30~", 20261128,
     "inactive", "outside-plan-dates"},
    {"a row's own begin does not hide the person's end",
     "DTP*347*D8*20251231~EB*1**30~DTP*348*D8*20250101~", 20261128, "inactive",
     "outside-plan-dates"},
    {"a row's own span against the person's end",
     "DTP*347*D8*20251231~EB*1**30~DTP*292*RD8*20260101-20261231~", 20261128, "unclear",
     "dates-in-doubt"},
    {"a row's own begin against the person's", "DTP*346*D8*20270101~EB*1**30~DTP*348*D8*20150101~",
     20261128, "unclear", "dates-in-doubt"},
    {"one row of two is in doubt", "EB*1**30~DTP*347*D8*20261399~EB*1**30~DTP*347*D8*20261231~",
     20261128, "active", "payer-says-active"},
    {"in doubt and inactive", "EB*1**30~DTP*347*D8*20261399~EB*6**30~", 20261128, "unclear",
     "payers-rows-differ"},
    {"two codes in one row", "EB*1^2**30~", 0, "active", "payer-says-active"},
    {"two codes as components", "EB*1:2**30~", 0, "active", "payer-says-active"},
    {"two codes that differ", "EB*1^6**30~", 0, "unclear", "payers-rows-differ"},
    {"two codes, one of no status", "EB*1^C**30~", 0, "unclear", "payers-rows-differ"},
    {"services as components", "EB*1**30:33~", 0, "active", "payer-says-active"},
    {"the plan is not covered", "EB*1**30~EB*I**30~", 20261128, "unclear", "payers-rows-differ"},
    {"not covered out of the network", "EB*1**30~EB*I**30*********N~", 20261128, "active",
     "payer-says-active"},
    {"one procedure is not covered", "EB*1**30~EB*I************HC:99213~", 20261128, "active",
     "payer-says-active"},
    {"not covered at one place", "EB*1**30~EB*I**30~III*ZZ*11~", 20261128, "active",
     "payer-says-active"},
    {"not covered in another year", "EB*1**30~EB*I**30~DTP*292*RD8*20250101-20251231~", 20261128,
     "active", "payer-says-active"},
    {"not covered alone says nothing of active", "EB*I**30~", 20261128, "unclear", "nothing-said"},
    {"a rejection inside the row", "EB*1**30~AAA*Y**42*R~", 0, "unclear", "rejected-in-part"},
    {"a rejection inside a row that says inactive", "EB*6**30~AAA*Y**42*R~", 0, "unclear",
     "rejected-in-part"},
    {"a rejection inside another row of the plan", "EB*1**30~EB*C*IND*30***23*100~AAA*N**15*C~", 0,
     "unclear", "rejected-in-part"},
    {"a rejection of one service", "EB*1**30~EB*1**33~AAA*N**70*C~", 0, "active",
     "payer-says-active"},
    {"a rejection of the only service", "EB*1**33~AAA*N**70*C~", 0, "unclear", "rejected-in-part"},
    {"a rejection where nothing else is said", "EB*F**33~AAA*N**70*C~", 0, "unclear",
     "rejected-in-part"},
};

TEST(X12Verdict, ReadsTheRowsOfTheDay) {
  for (auto const& one : verdict_cases) {
    auto const text = answer_with(one.segments);
    auto const read = read_tolerant(text);
    auto const& all = only_response(read);
    ASSERT_EQ(all.answers.size(), 1U) << one.name;
    auto const said = verdict_of(all, all.answers[0], one.asked);
    EXPECT_EQ(name_of(said.status), one.status) << one.name;
    EXPECT_EQ(name_of(said.reason), one.reason) << one.name;
  }
}

TEST(X12Verdict, DatesOfThePersonHoldForRowsWithoutDates) {
  auto text = answer_with("DTP*347*D8*20260630~EB*1**30~");
  auto read = read_tolerant(text);
  auto const& all = only_response(read);
  EXPECT_EQ(verdict_of(all, all.answers.at(0), 20261128).reason,
            verdict_reason::outside_plan_dates);
  EXPECT_EQ(verdict_of(all, all.answers.at(0), 20260601).status, coverage_status::active);
}

/// The subscriber's dates, the dependent's, and what is said of the dependent.
struct family_case {
  std::string_view name;
  std::string_view subscriber;
  std::string_view dependent;
  std::string_view rows;
  std::string_view reason;
};

constexpr family_case family_cases[] = {
    {"no dates", "", "", "EB*1**30~", "payer-says-active"},
    {"the subscriber's plan ended", "DTP*347*D8*20251130~", "", "EB*1**30~", "outside-plan-dates"},
    {"the dependent's begin leaves the end open", "DTP*347*D8*20251130~", "DTP*346*D8*20250101~",
     "EB*1**30~", "outside-plan-dates"},
    {"the dependent has an end too", "DTP*347*D8*20251130~", "DTP*347*D8*20261231~", "EB*1**30~",
     "dates-in-doubt"},
    {"the row has a span too", "DTP*347*D8*20251130~", "",
     "EB*1**30~DTP*291*RD8*20260101-20261231~", "dates-in-doubt"},
    {"the subscriber died", "DTP*442*D8*20251130~", "", "EB*1**30~", "dates-in-doubt"},
    {"the dependent's end has passed", "DTP*347*D8*20261231~", "DTP*347*D8*20251130~", "EB*1**30~",
     "outside-plan-dates"},
    {"all of them hold", "DTP*346*D8*20250101~", "DTP*347*D8*20261231~",
     "EB*1**30~DTP*348*D8*20260101~", "payer-says-active"},
};

TEST(X12Verdict, DatesOfTheSubscriberHoldForADependentWithoutDates) {
  for (auto const& one : family_cases) {
    auto const text = samples::file_of(
        "271", fmt::format(
                   "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~HL*2*1*21*1~"
                   "NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~HL*3*2*22*1~"
                   "NM1*IL*1*SAMPLE*SALLY****MI*EX0000017~{}HL*4*3*23*0~NM1*03*1*SAMPLE*SIMON~{}{}",
                   one.subscriber, one.dependent, one.rows));
    auto const read = read_tolerant(text);
    EXPECT_EQ(samples::notes_of(read.found), std::vector<std::string>{}) << one.name;
    auto const& all = only_response(read);
    EXPECT_EQ(name_of(verdict_of(all, all.answers.at(0), 20261128).reason), one.reason) << one.name;
  }
}

TEST(X12Verdict, OnePersonMustBeNamed) {
  auto const levels = std::string{samples::levels_271()};
  auto const name =
      levels.substr(levels.find("NM1*IL"), levels.find("DMG") - levels.find("NM1*IL"));
  auto changed = [&](std::string const& to) {
    auto text = levels;
    text.replace(text.find(name), name.size(), to);
    return samples::file_of("271", text + "EB*1**30~");
  };
  for (auto const& text : {changed(""), changed(name + "NM1*IL*1*OTHER*OTTO****MI*EX0000018~"),
                           samples::file_of("271", "EB*1**30~")}) {
    auto const read = read_tolerant(text);
    auto const& all = only_response(read);
    auto const said = verdict_of(all, all.answers.at(0), 0);
    EXPECT_EQ(name_of(said.status), "unclear") << text;
    EXPECT_EQ(name_of(said.reason), "person-in-doubt") << text;
  }
}

TEST(X12Verdict, WhatIsCutOffIsNeverActive) {
  auto const whole = answer_with("EB*1**30~EB*6**98~");
  auto const text = whole.substr(0, whole.find("EB*6"));
  auto const read = read_tolerant(text);
  auto const& all = only_response(read);
  auto const said = verdict_of(all, all.answers.at(0), 0);
  EXPECT_EQ(said.status, coverage_status::unclear);
  EXPECT_EQ(said.reason, verdict_reason::cut_off);
}

TEST(X12Verdict, RowsBesideARejectionAreUnclear) {
  auto const text = answer_with("AAA*N**71*C~EB*1**30~");
  auto const read = read_tolerant(text);
  auto const& all = only_response(read);
  EXPECT_EQ(verdict_of(all, all.answers.at(0), 0).reason, verdict_reason::rejected_in_part);
}

}  // namespace
}  // namespace intake::forms::x12
