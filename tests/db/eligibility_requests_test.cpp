// Wishes to ask a payer: one open a coverage, taken once, the most urgent first, never too soon.
#include "db/eligibility_requests.hpp"

#include "tests/db/samples.hpp"
#include "tests/support/postgres.hpp"

#include <map>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using namespace std::chrono_literals;
using namespace db;
using enum request_reason;

certs::uuid record(int n) {
  return *certs::parse_uuid("01938f2e-0000-7000-8000-0000000000" + std::to_string(n + 10));
}

eligibility_request wish(int n, request_reason why, certs::utc_time not_before = sample_now) {
  return {.number = 0,
          .submission = record(n),
          .coverage = 1,
          .reason = why,
          .created = sample_now,
          .not_before = not_before};
}

struct office {
  database rows;
  pool billing{{.conninfo = rows.conninfo("intake_billing")}};
  pool desk{{.conninfo = rows.conninfo("intake_desk")}};

  std::optional<eligibility_request> take(certs::utc_time now) {
    return take_request(billing, {.now = now});
  }
};

TEST(EligibilityRequests, OneIsOpenForACoverageAndAPersonMakesItUrgent) {
  office o;
  EXPECT_TRUE(add_request(o.desk, wish(1, ahead, sample_now + 1h)));
  EXPECT_FALSE(add_request(o.desk, wish(1, ahead)));
  EXPECT_FALSE(o.take(sample_now));
  EXPECT_TRUE(add_request(o.desk, wish(1, demand)));
  auto const taken = o.take(sample_now);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->reason, demand);
  EXPECT_EQ(taken->attempts, 1);
  EXPECT_FALSE(add_request(o.desk, wish(1, demand))) << "it is being asked";
  end_request(o.billing, *taken, request_state::answered, "", "");
  EXPECT_TRUE(add_request(o.desk, wish(1, demand)));
}

TEST(EligibilityRequests, TheMostUrgentComesFirst) {
  office o;
  request_reason const reasons[] = {ahead, submission, again, demand, client};
  for (int n = 0; n < 5; ++n) add_request(o.desk, wish(n, reasons[n]));
  for (auto const expected : {demand, client, submission, again, ahead}) {
    auto const taken = o.take(sample_now);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->reason, expected);
  }
}

TEST(EligibilityRequests, WhoeverTookOneForTwoMinutesIsDeadAndCantEndItAnyMore) {
  office o;
  add_request(o.desk, wish(1, demand));
  auto const first = o.take(sample_now);
  ASSERT_TRUE(first);
  EXPECT_FALSE(o.take(sample_now + 119s));
  auto const second = o.take(sample_now + 120s);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->attempts, 2);
  end_request(o.billing, *first, request_state::failed, "cut-off", "");
  certs::uuid const only[] = {record(1)};
  EXPECT_EQ(latest_requests(o.desk, only).at(0).state, request_state::asking);
  put_back(o.billing, *second, sample_now + 300s, "timed-out", "");
  EXPECT_EQ(latest_requests(o.desk, only).at(0).fault, "timed-out");
  EXPECT_EQ(count_requests(o.desk).queued, 1);
}

TEST(EligibilityRequests, QuietHoursAreWaitedFor) {
  office o;
  auto quiet = wish(1, ahead);
  quiet.off_peak = true;
  add_request(o.desk, quiet);
  EXPECT_FALSE(o.take(sample_now));
  EXPECT_TRUE(take_request(o.billing, {.now = sample_now, .is_off_peak = true}));
}

TEST(EligibilityRequests, ManyTakersTakeEachOnce) {
  office o;
  for (int n = 0; n < 60; ++n) add_request(o.desk, wish(n, demand));
  std::mutex mutex;
  std::map<std::int64_t, int> times;
  {
    std::vector<std::jthread> takers;
    for (int n = 0; n < 6; ++n) {
      takers.emplace_back([&] {
        while (auto const one = o.take(sample_now)) {
          std::scoped_lock const lock(mutex);
          ++times[one->number];
        }
      });
    }
  }
  EXPECT_EQ(times.size(), 60U);
  for (auto const& [number, count] : times) EXPECT_EQ(count, 1) << number;
}

}  // namespace
}  // namespace intake::tests
