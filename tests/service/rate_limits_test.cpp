#include "service/rate_limits.hpp"

#include <gtest/gtest.h>

namespace intake::service {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

certs::utc_time const start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};

int let_through(rate_limits& limits, counted kind, std::string const& who, certs::utc_time now,
                int tries) {
  int passed = 0;
  for (int i = 0; i < tries; ++i) passed += limits.refuse(kind, who, now) ? 0 : 1;
  return passed;
}

TEST(RateLimits, LetABurstThroughAndThenAStream) {
  for (auto const kind : {counted::form_token, counted::address}) {
    rate_limits limits;
    auto const allowed = rate_of(kind);
    auto const burst = static_cast<int>(allowed.burst);
    EXPECT_EQ(let_through(limits, kind, "192.0.2.1", start, burst + 50), burst);
    auto const wait = limits.refuse(kind, "192.0.2.1", start);
    ASSERT_TRUE(wait);
    EXPECT_FALSE(limits.refuse(kind, "192.0.2.1", start + *wait)) << "it said when to come back";
    auto const minute_later = start + *wait + minutes(1);
    auto const in_a_minute = static_cast<int>(allowed.per_minute);
    EXPECT_NEAR(let_through(limits, kind, "192.0.2.1", minute_later, 10'000), in_a_minute,
                1 + in_a_minute / 60);
  }
}

TEST(RateLimits, AnAddressHoldsAWaitingRoom) {
  rate_limits limits;
  // 200 patients an hour, thirty pages each.
  for (int page = 0; page < 6'000; ++page) {
    auto const now = start + std::chrono::milliseconds(600) * page;
    ASSERT_FALSE(limits.refuse(counted::address, "192.0.2.1", now)) << page;
  }
}

TEST(RateLimits, OneSenderDoesNotSlowAnother) {
  rate_limits limits;
  let_through(limits, counted::address, "192.0.2.1", start, 10'000);
  EXPECT_FALSE(limits.refuse(counted::address, "192.0.2.2", start));
  EXPECT_FALSE(limits.refuse(counted::form_token, "192.0.2.1", start)) << "kinds count apart";
}

TEST(RateLimits, AnIpv6NetworkIsOneClient) {
  rate_limits limits;
  let_through(limits, counted::address, "2001:db8:1:2::1", start, 10'000);
  EXPECT_TRUE(limits.refuse(counted::address, "2001:db8:1:2:ffff::9", start));
  EXPECT_FALSE(limits.refuse(counted::address, "2001:db8:1:3::1", start));
}

TEST(RateLimits, AClockThatStepsBackGivesNothingAndTakesNothing) {
  rate_limits limits;
  let_through(limits, counted::form_token, "t", start, 60);
  EXPECT_TRUE(limits.refuse(counted::form_token, "t", start - minutes(10)));
  EXPECT_FALSE(limits.refuse(counted::form_token, "t", start + seconds(5)));
}

TEST(RateLimits, ForgetIdleSendersAndNeverRefuseANewOneForWantOfRoom) {
  rate_limits limits(10);
  for (int i = 0; i < 10; ++i) limits.refuse(counted::form_token, std::to_string(i), start);
  EXPECT_EQ(let_through(limits, counted::form_token, "new", start, 1'000), 1'000)
      << "no room to count it";
  auto const later = start + minutes(1);
  EXPECT_EQ(let_through(limits, counted::form_token, "newer", later, 1'000), 60)
      << "the idle ones made room";
}

}  // namespace
}  // namespace intake::service
