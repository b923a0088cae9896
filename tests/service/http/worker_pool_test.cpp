#include "service/http/worker_pool.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <list>
#include <memory>
#include <semaphore>

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

}  // namespace
}  // namespace intake::service
