#include "forms/insurance/clocks.hpp"

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

date day(char const* text) {
  return *read_iso_date(text);
}
auto const accident = day("2026-11-10");
date after(int days) {
  return accident + std::chrono::days{days};
}

struct pip_case {
  char const* name;
  pip_facts facts;
  date today;
  clock_state state;
  std::optional<int> day_number;
  bool on_board;
};

class pip_clocks : public ::testing::TestWithParam<pip_case> {};

TEST_P(pip_clocks, run_on_the_accident) {
  auto const& one = GetParam();
  auto const read = pip_clock(one.facts, one.today);
  EXPECT_EQ(to_word(read.state), to_word(one.state));
  EXPECT_EQ(read.day, one.day_number);
  EXPECT_EQ(read.on_board(), one.on_board);
  EXPECT_EQ(read.patient.en.empty(), read.patient.ht.empty());
  EXPECT_EQ(read.patient.en.empty(), read.patient.es.empty());
}

pip_facts in_car(std::optional<date> when, first_care care = first_care::not_yet,
                 std::optional<date> treated = {}, std::optional<date> visit = {}) {
  return {accident_kind::auto_accident, when, care, treated, visit};
}

using enum clock_state;
INSTANTIATE_TEST_SUITE_P(
    days, pip_clocks,
    ::testing::Values(pip_case{"day_0", in_car(accident), after(0), running, 0, true},
                      pip_case{"day_12", in_car(accident), after(12), running, 12, true},
                      pip_case{"day_13_for_a_visit_on_day_20",
                               in_car(accident, first_care::not_yet, {}, after(20)), after(13),
                               due_tomorrow, 13, true},
                      pip_case{"day_14", in_car(accident), after(14), due_today, 14, true},
                      pip_case{"day_15", in_car(accident), after(15), passed, 15, false},
                      pip_case{"day_15_not_said", in_car(accident, first_care::unknown), after(15),
                               unknown, 15, true},
                      pip_case{"day_40_care_on_day_3",
                               in_car(accident, first_care::had, after(3), after(40)), after(38),
                               met, 38, false},
                      pip_case{"care_on_day_14", in_car(accident, first_care::had, after(14)),
                               after(20), met, 20, false},
                      pip_case{"care_on_day_15", in_car(accident, first_care::had, after(15)),
                               after(20), passed, 20, false},
                      pip_case{"care_had_without_date_in_time", in_car(accident, first_care::had),
                               after(9), met, 9, false},
                      pip_case{"care_had_without_date_later", in_car(accident, first_care::had),
                               after(30), unknown, 30, true},
                      pip_case{"care_before_the_accident",
                               in_car(accident, first_care::had, after(-2)), after(20), unknown, 20,
                               true},
                      pip_case{"no_date", in_car({}), after(5), unknown, {}, true},
                      pip_case{"accident_tomorrow", in_car(after(1)), after(0), unknown, {}, true},
                      pip_case{"no_accident",
                               {accident_kind::none, accident, {}, {}, {}},
                               after(5),
                               not_running,
                               {},
                               false},
                      pip_case{"work_injury",
                               {accident_kind::work, accident, {}, {}, {}},
                               after(5),
                               not_running,
                               {},
                               false}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(pip_clock, says_tomorrow_on_day_13) {
  auto const read = pip_clock(in_car(accident, first_care::not_yet, {}, after(20)), after(13));
  EXPECT_TRUE(read.patient.en.starts_with("Tomorrow is day 14"));
  EXPECT_NE(read.patient.en.find("any qualified provider"), std::string::npos);
  EXPECT_NE(read.patient.en.find("insurer or attorney"), std::string::npos);
  EXPECT_TRUE(read.patient.es.starts_with("Mañana es el día 14"));
  EXPECT_TRUE(read.patient.ht.starts_with("Demen se jou 14"));
  EXPECT_NE(read.staff.find("offer an earlier one"), std::string::npos);
  auto const in_time = pip_clock(in_car(accident, first_care::not_yet, {}, after(14)), after(13));
  EXPECT_NE(in_time.staff.find("in time"), std::string::npos);
}

// Instants from the zone rules: 06:30 UTC is 01:30 in Miami and 00:30 in Pensacola in winter, 02:30
// and 01:30 in summer; 05:30 UTC in winter is 00:30 in Miami and the day before in Pensacola.
TEST(local_date, knows_both_zones_of_florida_and_daylight_saving) {
  using std::chrono::hours;
  using std::chrono::minutes;
  struct zone_case {
    char const* utc_day;
    int hour;
    int minute;
    char const* zone;
    char const* local;
  };
  zone_case const cases[] = {
      {"2026-11-24", 4, 59, "America/New_York", "2026-11-23"},
      {"2026-11-24", 5, 0, "America/New_York", "2026-11-24"},
      {"2026-11-24", 5, 59, "America/Chicago", "2026-11-23"},
      {"2026-11-24", 6, 0, "America/Chicago", "2026-11-24"},
      {"2026-07-02", 3, 59, "America/New_York", "2026-07-01"},
      {"2026-07-02", 4, 0, "America/New_York", "2026-07-02"},
      {"2026-07-02", 4, 59, "America/Chicago", "2026-07-01"},
      {"2026-07-02", 5, 0, "America/Chicago", "2026-07-02"},
      // 8 March 2026: clocks go forward at 2:00; 1 November 2026: back at 2:00.
      {"2026-03-08", 4, 59, "America/New_York", "2026-03-07"},
      {"2026-03-09", 3, 59, "America/New_York", "2026-03-08"},
      {"2026-03-09", 4, 0, "America/New_York", "2026-03-09"},
      {"2026-11-01", 4, 0, "America/New_York", "2026-11-01"},
      {"2026-11-02", 4, 59, "America/New_York", "2026-11-01"},
      {"2026-11-02", 5, 0, "America/New_York", "2026-11-02"},
  };
  for (auto const& one : cases) {
    auto const instant =
        std::chrono::sys_seconds{day(one.utc_day)} + hours{one.hour} + minutes{one.minute};
    auto const local = local_date(instant, one.zone);
    ASSERT_TRUE(local.has_value());
    EXPECT_EQ(write_date(*local), one.local) << one.utc_day << ' ' << one.hour << ' ' << one.zone;
  }
  EXPECT_FALSE(local_date(std::chrono::sys_seconds{}, "America/Nowhere").has_value());
  EXPECT_FALSE(local_date(std::chrono::sys_seconds{}, "").has_value());
  EXPECT_FALSE(local_date(std::chrono::sys_seconds{}, std::string(500, 'A')).has_value());
}

// A last evening in Pensacola is already the next day in Miami: the clock takes the clinic's own
// date.
TEST(pip_clock, ends_with_the_day_of_the_clinics_zone) {
  auto const instant = std::chrono::sys_seconds{after(15)} + std::chrono::minutes{5 * 60 + 30};
  auto const state = [&](char const* zone) {
    return pip_clock(in_car(accident), *local_date(instant, zone)).state;
  };
  EXPECT_EQ(state("America/Chicago"), due_today);
  EXPECT_EQ(state("America/New_York"), passed);
}

// 5 U.S.C. 6103 as OPM observes it: 2026-07-04 is a Saturday, 2027-07-04 a Sunday, 2028-01-01 a
// Saturday.
TEST(business_days, leave_out_weekends_and_federal_holidays) {
  for (auto const* holiday :
       {"2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03",
        "2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25", "2027-07-05",
        "2027-12-31", "2026-11-21", "2026-11-22"}) {
    EXPECT_FALSE(is_business_day(day(holiday))) << holiday;
  }
  EXPECT_TRUE(is_business_day(day("2026-11-27")));
  EXPECT_EQ(write_date(add_business_days(day("2026-11-24"), 3)), "2026-11-30");
  EXPECT_EQ(write_date(add_business_days(day("2026-11-20"), 1)), "2026-11-23");
}

TEST(authorization_clock, ends_with_the_third_business_day) {
  auto const asked = day("2026-11-24");
  EXPECT_EQ(authorization_clock({}, {}, asked).state, not_running);
  EXPECT_EQ(write_date(*authorization_clock(asked, {}, asked).due), "2026-11-30");
  EXPECT_EQ(authorization_clock(asked, {}, day("2026-11-29")).state, due_tomorrow);
  EXPECT_EQ(authorization_clock(asked, {}, day("2026-11-30")).state, due_today);
  EXPECT_EQ(authorization_clock(asked, {}, day("2026-12-01")).state, passed);
  EXPECT_EQ(authorization_clock(asked, day("2026-11-30"), day("2026-12-05")).state, met);
  EXPECT_EQ(authorization_clock(asked, day("2026-12-01"), day("2026-12-05")).state, passed);
}

TEST(estimate_clock, depends_on_how_far_ahead_the_visit_is) {
  auto const booked = day("2026-11-02");
  auto const due = [&](char const* service, char const* requested) {
    estimate_facts facts{booked, day(service), read_iso_date(requested), {}};
    auto const read = estimate_clock(facts, booked);
    return read.due ? write_date(*read.due) : std::string(to_word(read.state));
  };
  EXPECT_EQ(due("2026-11-04", ""), "not_running");
  EXPECT_EQ(due("2026-11-05", ""), "2026-11-03");
  EXPECT_EQ(due("2026-11-16", ""), "2026-11-03");
  EXPECT_EQ(due("2026-11-17", ""), "2026-11-05");
  EXPECT_EQ(due("2026-11-04", "2026-11-02"), "2026-11-05");
  EXPECT_EQ(due("2026-12-20", "2026-11-10"), "2026-11-05");
  estimate_facts const given{booked, day("2026-11-17"), {}, day("2026-11-05")};
  EXPECT_EQ(estimate_clock(given, day("2026-11-20")).state, met);
}

}  // namespace
}  // namespace intake::forms::insurance
