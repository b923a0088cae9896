// Terms that a packet sets running: told on the receipt, shown at the desk at once.
#include "db/submissions.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/plan/sample_answers.hpp"
#include "service/receive.hpp"
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

TEST(Term, DoesNotBeginAnewWithALaterVersion) {
  clinic c;
  auto const today = std::chrono::floor<std::chrono::days>(c.now);
  auto const sent =
      forms::with_dates(read_text_file(INTAKE_SOURCE "/deploy/sample-day/11-self-pay.json"), today);
  ASSERT_EQ(c.post_fhir(sent).status, 201);
  auto const id = certs::parse_uuid(c.rows().value("SELECT id FROM submission"));
  auto const alerts = [&] {
    auto const listed = db::list_by_ids(c.app().desk, {&*id, 1});
    return service::open_summary(c.app().keks, listed.front()).content->alerts;
  };
  auto const owed = alerts().front();
  ASSERT_THAT(owed, testing::StartsWith("estimate."));

  c.now += days(5);
  auto const stored = db::open_submission(c.app().desk, *id);
  auto reading = service::open_record(c.app().keks, c.parts().forms(), *stored);
  service::draft again;
  again.id = *id;
  again.version = 2;
  again.received = c.now;
  for (auto& each : reading.record->forms) {
    each.response.envelope.language = "es";
    again.forms.push_back({each.form, std::move(each.response)});
  }
  auto const result = service::receive(c.app(), std::move(again));
  ASSERT_TRUE(std::holds_alternative<service::received>(result));
  EXPECT_EQ(std::get<service::received>(result).version, 2);
  EXPECT_EQ(alerts().front(), owed);
}

}  // namespace
}  // namespace intake::tests
