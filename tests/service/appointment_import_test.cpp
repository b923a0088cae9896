#include "service/appointment_import.hpp"

#include "service/form_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;

config two_zones() {
  config settings;
  settings.clinic_locations = {"miami, America/New_York, Miami office",
                               "pensacola, America/Chicago, Pensacola"};
  return settings;
}

appointment_list read(std::string const& text) {
  static locations const places(two_zones());
  static form_store const forms = load_forms(INTAKE_SOURCE "/forms/packet");
  return read_appointment_list("day.csv", text, places, forms.packets);
}

std::string const header = "number,date,time,location,family,given,birth_date,visit,language\n";

std::string at_utc(certs::utc_time time) {
  return clinic_time("UTC").fhir_date_time(time);
}

TEST(AppointmentImport, ReadsTimesOnTheLocationsWall) {
  auto const list =
      read(header + "1,2026-11-28,9:30 AM,miami,Désir,Marie,1948-07-19,new-patient,ht\n" +
           "2,11/28/2026,09:30,pensacola,\"O'Brien, Jr.\",Pat,1/2/1960,follow-up,\n" +
           "3,2026-11-28,12:05pm,,Doe,,1960-01-02,,\n");
  EXPECT_TRUE(list.problems.empty()) << list.problems.front().message;
  ASSERT_EQ(list.entries.size(), 3U);
  EXPECT_EQ(at_utc(list.entries[0].starts_at), "2026-11-28T14:30:00+00:00");
  EXPECT_EQ(at_utc(list.entries[1].starts_at), "2026-11-28T15:30:00+00:00");
  EXPECT_EQ(at_utc(list.entries[2].starts_at), "2026-11-28T17:05:00+00:00");
  EXPECT_EQ(list.entries[1].who.family, "O'Brien, Jr.");
  EXPECT_EQ(list.entries[1].who.birth_date, "1960-01-02");
  EXPECT_EQ(list.entries[2].location, "miami");
  EXPECT_EQ(list.entries[2].who.visit_kind, "new-patient");
}

struct bad_list {
  char const* name;
  std::string text;
  char const* place;
  char const* message;
};

class AppointmentImportRefuses : public testing::TestWithParam<bad_list> {};

TEST_P(AppointmentImportRefuses, AndNamesRowAndColumn) {
  auto const list = read(GetParam().text);
  ASSERT_FALSE(list.problems.empty());
  EXPECT_THAT(forms::insurance::place_of(list.problems.front()), HasSubstr(GetParam().place));
  EXPECT_THAT(list.problems.front().message, HasSubstr(GetParam().message));
}

bad_list const bad_lists[] = {
    {"empty", "", "day.csv", "empty"},
    {"unknown_column", "number,date,time,family,given,birth_date,shoe_size\n", "row 1",
     "no column \"shoe_size\""},
    {"missing_column", "number,date,time,family,given\n", "row 1", "\"birth_date\" is missing"},
    {"column_twice", "number,date,date,time,family,given,birth_date\n", "row 1", "twice"},
    {"no_date", header + "1,soon,9:00,miami,Doe,Jo,1960-01-02,,\n", "row 2, column B (date)",
     "no date"},
    {"day_that_is_not", header + "1,2026-02-30,9:00,miami,Doe,Jo,1960-01-02,,\n", "column B (date)",
     "no date"},
    {"no_time", header + "1,2026-11-28,25:00,miami,Doe,Jo,1960-01-02,,\n", "row 2, column C (time)",
     "no time"},
    {"noon_at_thirteen", header + "1,2026-11-28,13:00 PM,miami,Doe,Jo,1960-01-02,,\n",
     "column C (time)", "no time"},
    {"skipped_hour", header + "1,2026-03-08,2:30,miami,Doe,Jo,1960-01-02,,\n", "column C (time)",
     "clocks skip"},
    {"no_place", header + "1,2026-11-28,9:00,paris,Doe,Jo,1960-01-02,,\n", "column D (location)",
     "no location"},
    {"no_name", header + "1,2026-11-28,9:00,miami,,Jo,1960-01-02,,\n", "column E (family)",
     "no name"},
    {"no_number", header + ",2026-11-28,9:00,miami,Doe,Jo,1960-01-02,,\n", "column A (number)",
     "no number"},
    {"number_twice",
     header + "1,2026-11-28,9:00,miami,Doe,Jo,1960-01-02,,\n1,2026-11-28,9:00,miami,Roe,Jo,"
              "1960-01-02,,\n",
     "row 3, column A (number)", "twice"},
    {"born_after_the_visit", header + "1,2026-11-28,9:00,miami,Doe,Jo,2060-01-02,,\n",
     "row 2, column G (birth_date)", "born after the visit"},
    {"no_such_visit", header + "1,2026-11-28,9:00,miami,Doe,Jo,1960-01-02,tourist,\n",
     "column H (visit)", "no packet"},
    {"no_such_language", header + "1,2026-11-28,9:00,miami,Doe,Jo,1960-01-02,,tlh\n",
     "column I (language)", "not in this language"},
    {"semicolons", "number;date;time;family;given;birth_date\n1;2026-11-28;9:00;Doe;Jo;1960-1-2\n",
     "day.csv", ""},
    {"open_quote", header + "1,2026-11-28,9:00,miami,\"Doe,Jo,1960-01-02,,\n", "day.csv", ""},
};

INSTANTIATE_TEST_SUITE_P(Cases, AppointmentImportRefuses, testing::ValuesIn(bad_lists),
                         [](auto const& shown) { return shown.param.name; });

TEST(AppointmentImport, NamesEveryMistakeAtOnce) {
  auto const list = read(header + "1,soon,late,paris,,Jo,1960-01-02,tourist,tlh\n");
  EXPECT_EQ(list.problems.size(), 6U);
}

struct person_pair {
  char const* name;
  expected_person expected;
  summary sent;
  bool same;
};

class SamePerson : public testing::TestWithParam<person_pair> {};

TEST_P(SamePerson, IsToldByNameAndBirthDate) {
  EXPECT_EQ(may_be_same(GetParam().expected, GetParam().sent), GetParam().same);
}

person_pair const pairs[] = {
    {"other_spelling",
     {.family = "Muñoz Ibáñez", .given = "José Luis", .birth_date = "1975-05-12"},
     {.family = "MUNOZ-IBANEZ", .given = "Jose", .birth_date = "1975-05-12"},
     true},
    {"other_day",
     {.family = "Doe", .given = "Jo", .birth_date = "1975-05-12"},
     {.family = "Doe", .given = "Jo", .birth_date = "1975-05-13"},
     false},
    {"twins",
     {.family = "Doe", .given = "Ana", .birth_date = "1975-05-12"},
     {.family = "Doe", .given = "Eva", .birth_date = "1975-05-12"},
     false},
    {"given_not_known",
     {.family = "Doe", .given = "", .birth_date = "1975-05-12"},
     {.family = "Doe", .given = "Eva", .birth_date = "1975-05-12"},
     true},
    {"no_birth_date", {.family = "Doe", .given = "Eva"}, {.family = "Doe", .given = "Eva"}, false},
    {"no_name", {.birth_date = "1975-05-12"}, {.birth_date = "1975-05-12"}, false},
};

INSTANTIATE_TEST_SUITE_P(Cases, SamePerson, testing::ValuesIn(pairs),
                         [](auto const& shown) { return shown.param.name; });

TEST(ExpectedPerson, ComesBackFromItsTextAsItWas) {
  expected_person const person{.family = "Désir\"<>",
                               .given = "Marie",
                               .birth_date = "1948-07-19",
                               .phone = "305-555-0111",
                               .mail = "m@example.org",
                               .visit_kind = "new-patient",
                               .reason = "Back pain",
                               .language = "ht"};
  EXPECT_EQ(read_person(write_person(person)), person);
  auto long_name = person;
  long_name.family.assign(400, 'x');
  long_name.family[199] = '\xc3';
  long_name.family[200] = '\xa9';
  EXPECT_EQ(read_person(write_person(long_name))->family, std::string(199, 'x'));
  EXPECT_FALSE(read_person("[]"));
}

TEST(ClinicTime, FindsTheInstantOfATimeOnTheWall) {
  using namespace std::chrono;
  clinic_time const east("America/New_York");
  auto const of = [&](year_month_day date, minutes time) {
    auto const found = east.instant(sys_days{date}, time);
    return found ? at_utc(*found) : std::string("none");
  };
  EXPECT_EQ(of(2026y / 7 / 1, 9h), "2026-07-01T13:00:00+00:00");
  EXPECT_EQ(of(2026y / 3 / 8, 2h + 30min), "none");
  EXPECT_EQ(of(2026y / 3 / 8, 3h), "2026-03-08T07:00:00+00:00");
  EXPECT_EQ(of(2026y / 11 / 1, 1h + 30min), "2026-11-01T05:30:00+00:00") << "the first of two";
  auto const [begins, ends] = east.day(sys_days{2026y / 11 / 1});
  EXPECT_EQ(ends - begins, 25h);
}

}  // namespace
}  // namespace intake::service
