#pragma once
#include "db/batch_job.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

namespace intake::db {

/// The bounded queue between the callers and the one writer thread.
class batch_queue {
 public:
  explicit batch_queue(std::size_t rows_max) : rows_max_(rows_max) {}

  /// False when it is full or closed.
  [[nodiscard]] bool push(job_pointer);

  enum class when_empty { wait, wait_a_while, give_nothing };

  /// All that wait, up to these limits but at least one; nothing when the queue is closed and
  /// empty, or when it is empty and the caller has better to do, now or after half a second.
  job_list take(std::size_t rows_max, std::size_t bytes_max, when_empty);

  /// To the front, in their order, whatever the limit: they were let in before.
  void put_back(job_list const&);

  /// Takes out those whose deadline has passed.
  job_list take_overdue(std::chrono::steady_clock::time_point now);

  void close();
  bool is_closed() const;
  std::size_t size() const;

 private:
  std::size_t rows_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<job_pointer> jobs_;
  bool closed_ = false;
};

}  // namespace intake::db
