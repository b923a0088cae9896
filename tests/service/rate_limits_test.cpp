#include "service/rate_limits.hpp"

#include <algorithm>
#include <vector>

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
  for (auto const kind :
       {counted::form_token, counted::visit, counted::address, counted::address_pages}) {
    rate_limits limits;
    auto const allowed = rate_of(kind);
    auto const burst = static_cast<int>(allowed.burst);
    EXPECT_EQ(let_through(limits, kind, "192.0.2.1", start, burst + 50), burst);
    auto const wait = limits.refuse(kind, "192.0.2.1", start);
    ASSERT_TRUE(wait);
    EXPECT_FALSE(limits.refuse(kind, "192.0.2.1", start + *wait)) << "it said when to come back";
    auto const minute_later = start + *wait + minutes(1);
    auto const in_a_minute = static_cast<int>(allowed.per_minute);
    EXPECT_NEAR(let_through(limits, kind, "192.0.2.1", minute_later, 20'000), in_a_minute,
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

/// What a patient's browser asks for in the 25 minutes of a first visit: 45 pages, each looked at,
/// kept five times while it is typed, and sent.
constexpr int pages_of_packet = 45;
constexpr int requests_of_page = 7;
constexpr seconds page_time{33};

/// How many requests of so many patients in an hour are refused, all from one address. They come
/// evenly, or all within the first minutes.
int refused_of(int patients, std::chrono::seconds arriving_within) {
  rate_limits limits;
  struct event {
    certs::utc_time at;
    int patient;
    bool begins;
  };
  std::vector<event> events;
  for (int patient = 0; patient < patients; ++patient) {
    auto const came = start + arriving_within * patient / patients;
    events.push_back({came, patient, true});
    for (int page = 0; page < pages_of_packet; ++page) {
      for (int each = 0; each < requests_of_page; ++each) {
        events.push_back({came + page_time * page + seconds(4 * each), patient, false});
      }
    }
  }
  std::ranges::stable_sort(events, {}, &event::at);
  int refused = 0;
  for (auto const& [at, patient, begins] : events) {
    // As guards count them: a visit first, then its address.
    bool const waits = begins ? limits.refuse(counted::address, "192.0.2.1", at).has_value()
                              : limits.refuse(counted::visit, std::to_string(patient), at) ||
                                    limits.refuse(counted::address_pages, "192.0.2.1", at);
    refused += waits ? 1 : 0;
  }
  return refused;
}

TEST(RateLimits, AnAddressIsLimitedOnlyFarAboveTwoHundredPatientsAnHour) {
  EXPECT_EQ(refused_of(200, std::chrono::hours(1)), 0);
  EXPECT_EQ(refused_of(200, minutes(5)), 0) << "a whole hour's patients come when the doors open";
  EXPECT_EQ(refused_of(1'000, std::chrono::hours(1)), 0) << "five times as many";
  EXPECT_GT(refused_of(5'000, std::chrono::hours(1)), 0) << "and yet it is a limit";
}

TEST(RateLimits, WhatOneVisitHasTooMuchOfIsNotItsAddresssFault) {
  rate_limits limits;
  int refused = 0;
  for (int i = 0; i < 50'000; ++i) {
    if (limits.refuse(counted::visit, "one", start)) {
      ++refused;
    } else {
      limits.refuse(counted::address_pages, "192.0.2.1", start);
    }
  }
  EXPECT_GT(refused, 49'000);
  EXPECT_FALSE(limits.refuse(counted::address_pages, "192.0.2.1", start));
}

TEST(RateLimits, OneSenderDoesNotSlowAnother) {
  rate_limits limits;
  let_through(limits, counted::address, "192.0.2.1", start, 10'000);
  EXPECT_FALSE(limits.refuse(counted::address, "192.0.2.2", start));
  EXPECT_FALSE(limits.refuse(counted::form_token, "192.0.2.1", start)) << "kinds count apart";
}

TEST(RateLimits, AnIpv6NetworkIsOneClient) {
  for (auto const kind : {counted::address, counted::address_pages, counted::help,
                          counted::client_failure, counted::sign_in_address}) {
    rate_limits limits;
    let_through(limits, kind, "2001:db8:1:2::1", start, 20'000);
    auto const shown = static_cast<int>(kind);
    EXPECT_TRUE(limits.refuse(kind, "2001:db8:1:2:ffff::9", start)) << shown;
    EXPECT_FALSE(limits.refuse(kind, "2001:db8:1:3::1", start)) << shown;
  }
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
