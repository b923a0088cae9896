// The 14 days of Florida auto insurance: told on the receipt, shown at the desk at once.
#include "forms/insurance/calendar.hpp"
#include "tests/journeys/clinic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using testing::HasSubstr;
using testing::Not;

constexpr sys_days accident{std::chrono::year{2026} / 11 / 10};

struct told {
  char const* name;
  /// Days from the accident to the day the form is filled in; the accident's date where it is told.
  int day;
  bool dated;
  char const* treated;
  char const* patient_hears;
  char const* desk_reads;
};

class AccidentClock : public testing::TestWithParam<told> {};

std::string coding(std::string const& item, std::string const& code) {
  return "https://intake.example/fhir/CodeSystem/" + item + "|" + code;
}

TEST_P(AccidentClock, RunsOnTheAccidentAndNotOnOurVisit) {
  auto const& one = GetParam();
  clinic c;
  // Noon in Florida.
  c.now = certs::utc_time{accident + days(one.day) + std::chrono::hours(17)};
  std::vector<std::pair<std::string, std::string>> typed{
      {"_token", attribute_after(body_of(c.get("/forms/coverage")), "name=\"_token\"", "value")},
      {"accident/accident.kind", coding("accident.kind", "auto")},
      {"accident/accident.first-treatment", coding("accident.first-treatment", one.treated)},
      {"accident/accident.liability", coding("yes-no", "no")},
      {"coverage/coverage.have", coding("coverage.have", "self-pay")}};
  if (one.dated) {
    auto const date = forms::insurance::write_date(accident);
    typed.emplace_back("accident/accident.date:year", date.substr(0, 4));
    typed.emplace_back("accident/accident.date:month", date.substr(5, 2));
    typed.emplace_back("accident/accident.date:day", date.substr(8, 2));
  }
  auto const answer = c.post_form("/forms/coverage", typed);
  ASSERT_EQ(answer.status, 200) << body_of(answer);
  EXPECT_THAT(body_of(answer), HasSubstr(one.patient_hears));
  c.sign_in("front", db::account_role::front_desk);
  auto const board = body_of(c.get("/desk"));
  if (std::string_view(one.desk_reads).empty()) {
    EXPECT_THAT(board, Not(HasSubstr("Auto accident")));
  } else {
    EXPECT_THAT(board, HasSubstr(one.desk_reads));
  }
}

INSTANTIATE_TEST_SUITE_P(
    days, AccidentClock,
    testing::Values(
        told{"day_0", 0, true, "not_yet", "Day 14 is November 24, 2026",
             "first care by November 24, 2026"},
        told{"day_13", 13, true, "not_yet", "Tomorrow is day 14",
             "first care by November 24, 2026"},
        told{"day_14", 14, true, "not_yet", "Today is day 14", "first care by November 24, 2026"},
        told{"day_15", 15, true, "not_yet", "Please come anyway", ""},
        told{"care_had_in_time", 9, true, "yes", "We have your form", ""},
        told{"no_date", 5, false, "not_yet", "date of the accident", "ask for its date"}),
    [](auto const& shown) { return std::string(shown.param.name); });

}  // namespace
}  // namespace intake::tests
