#include "service/http/http_date.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using namespace std::chrono;

certs::utc_time at(year_month_day date, seconds time) {
  return sys_days{date} + time;
}

auto const now = at(2026y / November / 23, 0s);
// The moment that RFC 9110 5.6.7 writes in three ways.
auto const example = at(1994y / November / 6, 8h + 49min + 37s);

TEST(HttpDate, WritesTheFormOfRfc9110) {
  EXPECT_EQ(http_date(example), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(at(2026y / January / 1, 0s)), "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_EQ(http_date(at(2000y / February / 29, 23h + 59min + 59s)),
            "Tue, 29 Feb 2000 23:59:59 GMT");
}

TEST(HttpDate, ReadsThreeForms) {
  EXPECT_EQ(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now), example);
  EXPECT_EQ(read_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now), example);
  EXPECT_EQ(read_http_date("Sun Nov  6 08:49:37 1994", now), example);
  EXPECT_EQ(read_http_date("Sun Nov 16 08:49:37 1994", now), example + days{10});
}

TEST(HttpDate, TakesATwoDigitYearForTheNearestPast) {
  EXPECT_EQ(read_http_date("Monday, 06-Nov-26 00:00:00 GMT", now), at(2026y / November / 6, 0s));
  EXPECT_EQ(read_http_date("Monday, 06-Nov-76 00:00:00 GMT", now), at(2076y / November / 6, 0s));
  EXPECT_EQ(read_http_date("Monday, 06-Nov-77 00:00:00 GMT", now), at(1977y / November / 6, 0s));
}

TEST(HttpDate, RefusesOtherText) {
  for (auto const* text : {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sun, 6 Nov 1994 08:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Xxx 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
                           "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 0x Nov 1994 08:49:37 GMT"}) {
    EXPECT_FALSE(read_http_date(text, now)) << text;
  }
}

TEST(HttpDate, ReadsWhatItWrote) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 1000; ++round) {
    certs::utc_time const time{seconds{random() % 4'000'000'000}};
    EXPECT_EQ(read_http_date(http_date(time), now), time);
  }
}

}  // namespace
}  // namespace intake::service
