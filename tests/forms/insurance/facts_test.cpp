#include "forms/insurance/facts.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

auto const visit_day = *read_iso_date("2026-11-23");

visit_facts visit(named_values const& values) {
  return visit_from_values(values, visit_day).facts;
}

TEST(visit_facts, nothing_said_is_all_unknown) {
  visit_facts expected;
  expected.date_of_service = visit_day;
  EXPECT_EQ(visit({}), expected);
  EXPECT_TRUE(visit_from_values({}, visit_day).not_understood.empty());
}

TEST(visit_facts, count_days_to_the_date_of_service) {
  auto const facts = visit({{"accident_kind", "auto"},
                            {"accident_date", "2026-10-14"},
                            {"first_treatment_date", "2026-10-17"},
                            {"birth_date", "1965-11-24"}});
  EXPECT_EQ(facts.days_since_accident, 40);
  EXPECT_EQ(facts.days_since_first_treatment, 37);
  EXPECT_EQ(facts.first_care_day, 3);
  EXPECT_EQ(facts.age_years, 60);
}

TEST(visit_facts, our_visit_is_the_first_care_where_there_was_none) {
  auto const facts = visit(
      {{"accident_kind", "auto"}, {"accident_date", "2026-11-10"}, {"first_treatment", "not_yet"}});
  EXPECT_EQ(facts.first_care_day, 13);
  auto const unsaid = visit({{"accident_kind", "auto"}, {"accident_date", "2026-11-10"}});
  EXPECT_EQ(unsaid.first_care_day, std::nullopt);
}

struct senseless_case {
  char const* name;
  char const* value;
};

TEST(visit_facts, what_makes_no_sense_is_unknown_and_named_without_its_text) {
  senseless_case const cases[] = {{"accident_date", "2026-11-24"},  {"accident_date", "yesterday"},
                                  {"accident_date", "2026-02-30"},  {"birth_date", "2027-01-01"},
                                  {"accident_kind", "meteor"},      {"medicare_reason", "old"},
                                  {"va_authorized", "perhaps"},     {"esrd_month", "-3"},
                                  {"date_of_service", "23.11.2026"}};
  for (auto const& [name, value] : cases) {
    auto const read = visit_from_values({{name, value}}, visit_day);
    visit_facts expected;
    expected.date_of_service = visit_day;
    // A date that makes no sense on this day may on another.
    expected.dates = read.facts.dates;
    EXPECT_EQ(read.facts, expected) << name << ' ' << value;
    ASSERT_FALSE(read.not_understood.empty()) << name << ' ' << value;
    EXPECT_EQ(read.not_understood.front(), name);
  }
}

TEST(visit_facts, are_counted_anew_for_another_day) {
  auto const first = visit({{"accident_kind", "auto"},
                            {"accident_date", "2026-11-22"},
                            {"first_treatment", "not_yet"},
                            {"birth_date", "1961-12-01"},
                            {"state", "FL"}});
  ASSERT_EQ(first.first_care_day, 1);
  ASSERT_EQ(first.age_years, 64);
  auto const later = on_day(first, *read_iso_date("2026-12-10"));
  EXPECT_EQ(later.date_of_service, *read_iso_date("2026-12-10"));
  EXPECT_EQ(later.days_since_accident, 18);
  EXPECT_EQ(later.first_care_day, 18) << "our visit is still the first care";
  EXPECT_EQ(later.age_years, 65);
  EXPECT_EQ(later.state, "FL");
  EXPECT_EQ(on_day(later, visit_day), first);
  auto const treated =
      visit({{"accident_date", "2026-11-01"}, {"first_treatment_date", "2026-11-05"}});
  EXPECT_EQ(on_day(treated, *read_iso_date("2026-12-10")).first_care_day, 4);
  EXPECT_EQ(on_day(treated, *read_iso_date("2026-12-10")).days_since_first_treatment, 35);
}

TEST(visit_facts, told_as_numbers_stay_on_another_day) {
  auto const told = visit({{"days_since_accident", "5"}, {"first_care_day", "5"}, {"age", "64"}});
  auto const later = on_day(told, visit_day + std::chrono::days{400});
  EXPECT_EQ(later.days_since_accident, 5);
  EXPECT_EQ(later.first_care_day, 5);
  EXPECT_EQ(later.age_years, 64);
}

struct esrd_case {
  char const* name;
  char const* told;
  std::optional<int> month;
};

class esrd_months : public ::testing::TestWithParam<esrd_case> {};

// 42 CFR 411.162: 30 months from the first month of entitlement, on 2026-11-23.
TEST_P(esrd_months, are_counted_where_dialysis_and_transplant_agree) {
  EXPECT_EQ(visit({{"esrd_date", GetParam().told}}).esrd_month, GetParam().month);
}

INSTANTIATE_TEST_SUITE_P(
    all, esrd_months,
    ::testing::Values(esrd_case{"this_month", "2026-11-02", 1},
                      esrd_case{"last_month_of_the_period", "2024-06-30", 30},
                      esrd_case{"over_for_a_transplant_only", "2024-05-31", {}},
                      esrd_case{"still_over_for_one_only", "2024-03-01", {}},
                      esrd_case{"over_for_both", "2024-02-29", 31},
                      esrd_case{"a_month", "2024-02", 31}, esrd_case{"a_year_inside", "2025", 23},
                      esrd_case{"a_year_that_leaves_it_open", "2024", {}},
                      esrd_case{"a_year_long_ago", "2020", 69},
                      esrd_case{"not_yet", "2026-12-01", {}},
                      esrd_case{"no_date", "in spring", {}}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(esrd_month, goes_on_with_the_day) {
  auto const first = visit({{"esrd_date", "2025-01"}});
  EXPECT_EQ(first.esrd_month, 23);
  EXPECT_EQ(on_day(first, *read_iso_date("2027-06-30")).esrd_month, 30);
  EXPECT_EQ(on_day(first, *read_iso_date("2028-01-01")).esrd_month, 34);
}

TEST(coverages, that_end_before_another_day_are_left_out) {
  auto const ends = coverage_from_values({{"payer", "p"}, {"last_day", "2026-11-30"}}).facts;
  auto const stays = coverage_from_values({{"payer", "q"}}).facts;
  std::vector const both{ends, stays};
  EXPECT_EQ(on_day(both, *read_iso_date("2026-11-30")), both);
  EXPECT_EQ(on_day(both, *read_iso_date("2026-12-01")), std::vector{stays});
}

TEST(visit_facts, read_states_as_people_write_them) {
  struct state_case {
    char const* said;
    char const* code;
    bool understood;
  };
  state_case const cases[] = {
      {"FL", "FL", true},
      {"fl", "FL", true},
      {" Florida ", "FL", true},
      {"GEORGIA", "GA", true},
      {"north carolina", "NC", true},
      {"West  Virginia", "WV", true},
      {"District of Columbia", "DC", true},
      {"Washington, D.C.", "DC", true},
      {"D.C.", "DC", true},
      {"Washington", "WA", true},
      {"Puerto Rico", "PR", true},
      {"U.S. Virgin Islands", "VI", true},
      {"Guam", "GU", true},
      {"unknown", "", true},
      {"", "", true},
      {"Ontario", "", false},
      {"Flroida", "", false},
      {"F", "", false},
      {"12", "", false},
  };
  for (auto const& [said, code, understood] : cases) {
    auto const read = visit_from_values({{"state", said}}, visit_day);
    EXPECT_EQ(read.facts.state, code) << said;
    EXPECT_EQ(read.not_understood.empty(), understood) << said;
  }
}

TEST(whole_years, count_birthdays) {
  auto const age = [](char const* born, char const* on) {
    return whole_years(*read_iso_date(born), *read_iso_date(on));
  };
  EXPECT_EQ(age("1961-11-23", "2026-11-22"), 64);
  EXPECT_EQ(age("1961-11-23", "2026-11-23"), 65);
  EXPECT_EQ(age("2004-02-29", "2022-02-28"), 17);
  EXPECT_EQ(age("2004-02-29", "2022-03-01"), 18);
}

TEST(table_dates, read_iso_and_what_us_spreadsheets_make_of_it) {
  EXPECT_EQ(write_date(read_table_date("2026-01-05")->day), "2026-01-05");
  EXPECT_EQ(write_date(read_table_date("1/5/2026")->day), "2026-01-05");
  EXPECT_EQ(read_table_date("1/5/2026")->style, date_style::united_states);
  for (auto const* text : {"", "2026-13-01", "2026-02-29", "13/1/2026", "1/5/26", "46027",
                           "5 Jan 2026", "2026-1-5", "//", "2026-01-05T00:00"}) {
    EXPECT_FALSE(read_table_date(text).has_value()) << text;
  }
}

template <class Enum>
Enum any_of(std::mt19937& random) {
  return static_cast<Enum>(random() % words_of<Enum>().size());
}

std::optional<date> maybe_day(std::mt19937& random) {
  if (random() % 3 == 0) return std::nullopt;
  return visit_day - std::chrono::days{random() % 900};
}

std::optional<int> maybe(std::mt19937& random, unsigned most) {
  if (random() % 3 == 0) return std::nullopt;
  return static_cast<int>(random() % most);
}

TEST(facts, come_back_from_their_values) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    visit_facts told{visit_day + std::chrono::days{random() % 800},
                     any_of<accident_kind>(random),
                     maybe(random, 100),
                     maybe(random, 400),
                     maybe(random, 400),
                     maybe(random, 400),
                     random() % 2 == 0 ? "north" : "",
                     random() % 2 == 0 ? "FL" : "",
                     any_of<medicare_reason>(random),
                     maybe(random, 60),
                     any_of<yes_no>(random),
                     any_of<yes_no>(random),
                     any_of<yes_no>(random)};
    EXPECT_EQ(visit_from_values(to_values(told), date{}).facts, told);
    told.dates = {maybe_day(random), maybe_day(random), random() % 2 == 0, maybe_day(random),
                  random() % 2 == 0 ? "2025-03" : ""};
    told = on_day(told, told.date_of_service);
    EXPECT_EQ(visit_from_values(to_values(told), date{}).facts, told);
    coverage_facts covered{random() % 2 == 0 ? "medicare" : "",
                           random() % 2 == 0 ? "Plan \"A\", 1" : "",
                           any_of<product>(random),
                           any_of<yes_no>(random),
                           random() % 2 == 0 ? "1234567893" : "",
                           any_of<plan_basis>(random),
                           any_of<relation>(random),
                           maybe(random, 500),
                           maybe_day(random)};
    EXPECT_EQ(coverage_from_values(to_values(covered)).facts, covered);
  }
}

}  // namespace
}  // namespace intake::forms::insurance
