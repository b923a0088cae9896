#include "service/texts/clinic_time.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST(ClinicTime, NamesItsZoneInSummerAndWinter) {
  clinic_time const east("America/New_York");
  EXPECT_EQ(east.date_and_time(sys_days{2026y / 11 / 23} + 19h + 5min),
            "Nov 23, 2026, 2:05 PM EST");
  EXPECT_EQ(east.date_and_time(sys_days{2026y / 7 / 4} + 18h), "Jul 4, 2026, 2:00 PM EDT");
  clinic_time const west("America/Chicago");  // Florida's panhandle
  EXPECT_EQ(west.date_and_time(sys_days{2026y / 11 / 23} + 19h + 5min),
            "Nov 23, 2026, 1:05 PM CST");
}

TEST(ClinicTime, KnowsWhichDayItIsThere) {
  clinic_time const east("America/New_York");
  EXPECT_EQ(east.date(sys_days{2026y / 11 / 24} + 4h + 59min), 2026y / 11 / 23);
  EXPECT_EQ(east.date(sys_days{2026y / 11 / 24} + 5h), 2026y / 11 / 24);
  // The clocks go forward on 8 March 2026 at 7:00 UTC.
  EXPECT_EQ(east.date(sys_days{2026y / 3 / 9} + 3h + 59min), 2026y / 3 / 8);
  EXPECT_EQ(east.date(sys_days{2026y / 3 / 9} + 4h), 2026y / 3 / 9);
  EXPECT_EQ(east.fhir_date(sys_days{2026y / 3 / 9} + 3h + 59min), "2026-03-08");
}

TEST(ClinicTime, WritesFhirDateTimesWithItsOffset) {
  clinic_time const east("America/New_York");
  EXPECT_EQ(east.fhir_date_time(sys_days{2026y / 11 / 24} + 4h + 59min + 7s),
            "2026-11-23T23:59:07-05:00");
  EXPECT_EQ(east.fhir_date_time(sys_days{2026y / 7 / 4} + 18h), "2026-07-04T14:00:00-04:00");
  clinic_time const half("Asia/Kolkata");
  EXPECT_EQ(half.fhir_date_time(sys_days{2026y / 7 / 4} + 18h + 31min),
            "2026-07-05T00:01:00+05:30");
}

TEST(ClinicTime, WritesDatesAsPeopleOfEachLanguageDo) {
  clinic_time const east("America/New_York");
  EXPECT_EQ(east.written_date("1951-03-08"), "March 8, 1951");
  EXPECT_EQ(east.written_date("1951-03"), "March 1951");
  EXPECT_EQ(east.written_date("1951"), "1951");
  EXPECT_EQ(east.written_date("1951-03-08", language::es), "8 de marzo de 1951");
  EXPECT_EQ(east.written_date("1951-03-08", language::ht), "8 mas 1951");
  EXPECT_EQ(east.written_date("soon"), "soon");
  EXPECT_EQ(east.written_date("1951-13-08"), "1951-13-08");
  EXPECT_EQ(east.written_date(""), "");
}

TEST(ClinicTime, RefusesAZoneThatDoesNotExist) {
  EXPECT_THROW(clinic_time("America/Miami Beach"), std::invalid_argument);
}

}  // namespace
}  // namespace intake::service
