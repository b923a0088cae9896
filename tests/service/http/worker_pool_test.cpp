#include "service/http/worker_pool.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <list>
#include <memory>
#include <semaphore>
#include <vector>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

/// A job that waits until it is let go.
struct gated_job final : worker_pool::job {
  std::binary_semaphore begun{0};
  std::binary_semaphore may_end{0};
  void run() noexcept override {
    begun.release();
    may_end.acquire();
  }
};

struct counting_job final : worker_pool::job {
  std::atomic<int>* count = nullptr;
  void run() noexcept override { ++*count; }
};

TEST(WorkerPool, RunsEveryJobOnce) {
  std::atomic<int> count{0};
  std::list<counting_job> jobs(5000);
  {
    worker_pool pool(8, 10'000);
    for (auto& job : jobs) {
      job.count = &count;
      ASSERT_TRUE(pool.try_submit(job));
    }
  }
  EXPECT_EQ(count, 5000);
}

TEST(WorkerPool, RefusesWhenItsQueueIsFull) {
  gated_job first, second, waiting, refused, next_step;
  worker_pool pool(2, 1);
  ASSERT_TRUE(pool.try_submit(first));
  ASSERT_TRUE(pool.try_submit(second));
  first.begun.acquire();
  second.begun.acquire();
  ASSERT_TRUE(pool.try_submit(waiting));
  EXPECT_FALSE(pool.try_submit(refused));
  EXPECT_EQ(pool.now().busy, 2U);
  EXPECT_EQ(pool.now().waiting, 1U);
  pool.submit(next_step);
  EXPECT_EQ(pool.now().waiting, 2U);
  for (auto* job : {&first, &second, &waiting, &next_step}) job->may_end.release();
  waiting.begun.acquire();
  next_step.begun.acquire();
}

TEST(WorkerPool, WorksSideBySide) {
  std::list<gated_job> jobs(64);
  worker_pool pool(64, 0);
  for (auto& job : jobs) ASSERT_TRUE(pool.try_submit(job));
  for (auto& job : jobs) job.begun.acquire();
  EXPECT_EQ(pool.now().busy, 64U);
  for (auto& job : jobs) job.may_end.release();
}

TEST(WorkerPool, OfOneSenderOnlyItsShareRunsAndOnlyItsShareWaits) {
  std::list<gated_job> flood(6);
  gated_job other;
  {
    worker_pool pool(8, 100, {.running_max = 2, .waiting_max = 3});
    auto job = flood.begin();
    for (int taken = 0; taken < 5; ++taken) ASSERT_TRUE(pool.try_submit(*job++, 1)) << taken;
    EXPECT_FALSE(pool.try_submit(*job, 1)) << "two run, three wait";
    EXPECT_EQ(pool.now().busy, 2U) << "six threads are free for everybody else";
    ASSERT_TRUE(pool.try_submit(other, 2));
    other.begun.acquire();
    EXPECT_EQ(pool.now().busy, 3U);
    other.may_end.release();
    for (auto& each : flood) each.may_end.release();
  }
  EXPECT_TRUE(flood.front().begun.try_acquire());
  EXPECT_FALSE(flood.back().begun.try_acquire()) << "what was refused was never run";
}

/// Writes down whose it is.
struct noting_job final : worker_pool::job {
  std::vector<int>* order = nullptr;
  int of = 0;
  void run() noexcept override { order->push_back(of); }
};

TEST(WorkerPool, ThoseWhoWaitTakeTurnsHoweverManyJobsEachHas) {
  std::vector<int> order;
  std::list<noting_job> jobs(12);
  gated_job first;
  {
    // One thread: what it runs is in order.
    worker_pool pool(1, 100);
    ASSERT_TRUE(pool.try_submit(first, 9));
    first.begun.acquire();
    auto job = jobs.begin();
    for (int const of : {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3}) {
      job->order = &order;
      job->of = of;
      ASSERT_TRUE(pool.try_submit(*job++, static_cast<worker_pool::sender>(of)));
    }
    first.may_end.release();
  }
  EXPECT_EQ(order, (std::vector{1, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST(WorkerPool, TheNextStepsOfOneSenderAreAllRunInTheEnd) {
  std::atomic<int> count{0};
  std::list<counting_job> jobs(500);
  {
    worker_pool pool(4, 0, {.running_max = 1, .waiting_max = 0});
    for (auto& job : jobs) {
      job.count = &count;
      pool.submit(job, 7);
    }
  }
  EXPECT_EQ(count, 500);
}

}  // namespace
}  // namespace intake::service
