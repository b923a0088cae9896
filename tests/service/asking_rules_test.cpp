// When payers are asked, and when again.
#include "service/eligibility/asking_rules.hpp"

#include "forms/insurance/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service::eligibility {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using testing::HasSubstr;

sys_days const visit{2026y / 12 / 10};

work_row coverage() {
  work_row row;
  row.told = {.payer = "Example Mutual",
              .payer_row = 4,
              .payer_number = "EX103",
              .member_id = "EX0000017",
              .relation = "self",
              .patient = {.family = "Sample", .given = "Sally", .birth_date = "1970-01-01"}};
  row.day = visit;
  return row;
}

work_row checked(verdict status, certs::utc_time as_of, std::string action = "",
                 std::int64_t wait_days = 0) {
  auto row = coverage();
  row.latest = opened_check{.head = {}, .summary = check_summary{}};
  row.latest->head.as_of = as_of;
  row.latest->head.service_date = "2026-12-10";
  row.latest->summary->status = status;
  row.latest->summary->action = std::move(action);
  row.latest->summary->days = wait_days;
  row.latest->summary->asked = asked_of(row.told);
  return row;
}

asking_state at(certs::utc_time now, int failures = 0) {
  return {
      .asked = nullptr, .failures = failures, .now = now, .today = std::chrono::floor<days>(now)};
}

TEST(AskingRules, WhatWasNeverAskedIsAskedUnlessItCantBe) {
  EXPECT_EQ(why_not_now(coverage(), at(visit - days(3))), "");
  auto row = coverage();
  row.told.payer_number.clear();
  EXPECT_EQ(why_not_now(row, at(visit)), "payer id missing: payers, row 4");
  row = coverage();
  row.told.relation = "child";
  EXPECT_THAT(why_not_now(row, at(visit)), HasSubstr("main person"));
  row = coverage();
  row.told.patient.birth_date = "1970";
  EXPECT_THAT(why_not_now(row, at(visit)), HasSubstr("whole date of birth"));
}

struct refusal_case {
  char const* name;
  char const* action;
  int wait_days;
  int failures;
  std::chrono::minutes too_early;
  std::chrono::minutes in_time;
};

class AskingAgain : public testing::TestWithParam<refusal_case> {};

TEST_P(AskingAgain, RestsAsLongAsThePayersCodeSays) {
  auto const& p = GetParam();
  certs::utc_time const asked = visit - days(40);
  auto const row = checked(verdict::could_not_check, asked, p.action, p.wait_days);
  EXPECT_NE(why_not_now(row, at(asked + p.too_early, p.failures)), "");
  EXPECT_EQ(why_not_now(row, at(asked + p.in_time, p.failures)), "");
}

INSTANTIATE_TEST_SUITE_P(
    codes, AskingAgain,
    testing::Values(refusal_case{"down_once", "retry", 0, 1, 14min, 15min},
                    refusal_case{"down_three_times", "retry", 0, 3, 59min, 60min},
                    refusal_case{"down_for_long", "retry", 0, 40, 23h, 24h},
                    refusal_case{"wait", "wait", 0, 1, 23h, 24h},
                    refusal_case{"ten_days", "schedule", 10, 1, 239h, 240h},
                    refusal_case{"the_patient", "correct-with-patient", 0, 1, 24h * 30, 24h * 366},
                    refusal_case{"enrolment", "enrolment", 0, 1, 24h * 6, 24h * 7},
                    refusal_case{"staff", "staff", 0, 1, 23h, 24h}),
    [](auto const& one) { return std::string(one.param.name); });

// Some rows beside "try again" are no answer yet, and no reason to ask every quarter of an hour.
TEST_P(AskingAgain, RestsAsLongWhereSomeRowsCameToo) {
  auto const& p = GetParam();
  certs::utc_time const asked = visit - days(40);
  auto const row = checked(verdict::unclear, asked, p.action, p.wait_days);
  EXPECT_NE(why_not_now(row, at(asked + p.too_early, p.failures)), "");
  EXPECT_EQ(why_not_now(row, at(asked + p.in_time, p.failures)), "");
}

TEST(AskingRules, ARefusalInPartCountsAsAFailure) {
  std::vector<opened_check> checks;
  for (auto const status : {verdict::unclear, verdict::could_not_check, verdict::unclear}) {
    checks.push_back({.head = {}, .summary = check_summary{.status = status, .action = "retry"}});
  }
  EXPECT_EQ(failures_in_a_row(checks), 3);
  checks.front().summary->action.clear();
  EXPECT_EQ(failures_in_a_row(checks), 0);
}

TEST(AskingRules, AnEnrolmentThatWasSettledSinceIsReasonToAsk) {
  certs::utc_time const asked = visit - days(3);
  auto const row = checked(verdict::could_not_check, asked, "enrolment");
  auto state = at(asked + 1h);
  state.enrolled = asked - 1h;
  EXPECT_THAT(why_not_now(row, state), HasSubstr("enrolment"));
  state.enrolled = asked + 30min;
  EXPECT_EQ(why_not_now(row, state), "");
}

TEST(AskingRules, WhatThePatientConfirmedIsAskedOnceMore) {
  auto row = checked(verdict::could_not_check, visit - days(3), "correct-with-patient");
  EXPECT_NE(why_not_now(row, at(visit - days(2))), "");
  row.version = 2;
  EXPECT_EQ(why_not_now(row, at(visit - days(2))), "");
}

TEST(AskingRules, WhoAnswersByThemselvesAreNotAskedEvenOnDemand) {
  auto const asked = visit - days(3);
  EXPECT_NE(why_not_even_on_demand(checked(verdict::could_not_check, asked, "wait"), asked + 23h),
            "");
  EXPECT_EQ(why_not_even_on_demand(checked(verdict::could_not_check, asked, "wait"), asked + 24h),
            "");
  EXPECT_EQ(why_not_even_on_demand(checked(verdict::could_not_check, asked, "retry"), asked + 1min),
            "");
  EXPECT_EQ(why_not_even_on_demand(coverage(), asked), "");
}

TEST(AskingRules, ACorrectionIsAskedAtOnce) {
  auto row = checked(verdict::could_not_check, visit - days(3), "correct-with-patient");
  EXPECT_NE(why_not_now(row, at(visit - days(3))), "");
  row.told.member_id = "EX0000018";
  EXPECT_EQ(why_not_now(row, at(visit - days(3))), "");
}

TEST(AskingRules, ASettledCheckIsAskedAgainBeforeTheVisit) {
  auto const row = checked(verdict::active, visit - days(20));
  EXPECT_THAT(why_not_now(row, at(visit - days(8))), HasSubstr("already checked"));
  EXPECT_EQ(why_not_now(row, at(visit - days(7))), "");
  auto const week = checked(verdict::active, visit - days(7));
  EXPECT_NE(why_not_now(week, at(visit - days(2))), "");
  EXPECT_EQ(why_not_now(week, at(visit - days(1))), "");
  auto const eve = checked(verdict::inactive, visit - days(1));
  EXPECT_EQ(why_not_now(eve, at(visit)), "");
  EXPECT_NE(why_not_now(checked(verdict::active, visit), at(visit + 5h)), "");
}

TEST(AskingRules, AQuestionUnderWayIsNotAskedTwice) {
  auto const row = coverage();
  db::asked_inquiry asked;
  asked.what.version = row.version;
  asked.what.created = visit - days(1);
  auto state = at(visit - days(1) + 1h);
  state.asked = &asked;
  EXPECT_THAT(why_not_now(row, state), HasSubstr("awaited"));
  asked.acknowledged = "rejected";
  EXPECT_EQ(why_not_now(row, state), "");
  asked.acknowledged.clear();
  asked.answered = true;
  EXPECT_EQ(why_not_now(row, state), "");
  asked.answered = false;
  state.now = asked.what.created + 24h;
  EXPECT_EQ(why_not_now(row, state), "");
}

}  // namespace
}  // namespace intake::service::eligibility
