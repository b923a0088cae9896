#include "service/patients/wall_times.hpp"

#include <string>

#include <gtest/gtest.h>

namespace intake::service::patients {
namespace {

TEST(WallTimes, ATimeOnAPageIsOneOnTheClinicsWall) {
  struct row {
    char const* name;
    char const* month;
    char const* time;
    char const* zone;
  };
  row const rows[] = {{"winter", "1", "9 am", "-05:00"},
                      {"summer", "7", "14:30", "-04:00"},
                      {"no month", "13", "9 am", ""},
                      {"no time", "7", "soon", ""},
                      {"nothing typed", "7", "", ""}};
  clinic_time const clock("America/New_York");
  for (auto const& each : rows) {
    auto const fields = with_zones(clock, {{"a/seen:year", "2026"},
                                           {"a/seen:month", each.month},
                                           {"a/seen:day", "3"},
                                           {"a/seen:time", each.time}});
    std::string zone;
    for (auto const& [name, value] : fields) {
      if (name == "a/seen:zone") zone = value;
    }
    EXPECT_EQ(zone, each.zone) << each.name;
  }
}

TEST(WallTimes, AnInstantOfAnotherZoneIsShownOnTheClinicsWallAndSentBackTheSame) {
  using row = std::vector<forms::named_value>;
  auto const instant = [](char const* year, char const* month, char const* day, char const* time,
                          char const* zone) {
    return row{{"a/seen:year", year},
               {"a/seen:month", month},
               {"a/seen:day", day},
               {"a/seen:time", time},
               {"a/seen:zone", zone}};
  };
  struct {
    row sent;
    row shown;
  } const rows[] = {
      {instant("2026", "1", "3", "15:00:00", "Z"), instant("2026", "1", "3", "10:00:00", "-05:00")},
      {instant("2026", "1", "1", "02:30:00.250", "Z"),
       instant("2025", "12", "31", "21:30:00.250", "-05:00")},
      {instant("2026", "7", "3", "14:00:00", "-04:00"),
       instant("2026", "7", "3", "14:00:00", "-04:00")},
      {instant("2026", "13", "3", "14:00:00", "Z"), instant("2026", "13", "3", "14:00:00", "Z")},
      {{{"other", "x"}, {"a/seen:year", "2026"}}, {{"other", "x"}, {"a/seen:year", "2026"}}}};
  clinic_time const clock("America/New_York");
  for (auto const& each : rows) {
    EXPECT_EQ(on_the_wall(clock, each.sent), each.shown) << each.sent.front().value;
  }
}

}  // namespace
}  // namespace intake::service::patients
