#include "db/batch_job.hpp"

#include <utility>

namespace intake::db {

void settle(batch_job& job, job_outcome outcome) {
  if (job.settled.exchange(true)) return;
  if (job.then) return std::exchange(job.then, nullptr)(std::move(outcome));
  job.outcome.give(std::move(outcome));
}

void give_up(batch_job& job) {
  settle(job, verdict(not_available{}));
}

}  // namespace intake::db
