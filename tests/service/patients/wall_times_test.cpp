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

}  // namespace
}  // namespace intake::service::patients
