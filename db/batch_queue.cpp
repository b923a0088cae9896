#include "db/batch_queue.hpp"

namespace intake::db {
namespace {

constexpr std::chrono::milliseconds a_while{500};

}  // namespace

bool batch_queue::push(job_pointer job) {
  {
    std::lock_guard const lock(mutex_);
    if (closed_ || jobs_.size() >= rows_max_) return false;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

job_list batch_queue::take(std::size_t rows_max, std::size_t bytes_max, when_empty then) {
  std::unique_lock lock(mutex_);
  auto const has_news = [this] { return closed_ || !jobs_.empty(); };
  if (then == when_empty::wait) changed_.wait(lock, has_news);
  if (then == when_empty::wait_a_while) changed_.wait_for(lock, a_while, has_news);
  job_list taken;
  std::size_t bytes = 0;
  while (!jobs_.empty() && taken.size() < rows_max) {
    bytes += jobs_.front()->bytes;
    if (!taken.empty() && bytes > bytes_max) break;
    taken.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  return taken;
}

void batch_queue::put_back(job_list const& jobs) {
  std::lock_guard const lock(mutex_);
  jobs_.insert(jobs_.begin(), jobs.begin(), jobs.end());
  changed_.notify_one();
}

job_list batch_queue::take_overdue(std::chrono::steady_clock::time_point now) {
  job_list overdue;
  std::lock_guard const lock(mutex_);
  std::erase_if(jobs_, [&](job_pointer const& job) {
    if (now < job->deadline) return false;
    overdue.push_back(job);
    return true;
  });
  return overdue;
}

void batch_queue::close() {
  {
    std::lock_guard const lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

bool batch_queue::is_closed() const {
  std::lock_guard const lock(mutex_);
  return closed_;
}

std::size_t batch_queue::size() const {
  std::lock_guard const lock(mutex_);
  return jobs_.size();
}

}  // namespace intake::db
