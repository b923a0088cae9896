#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <semaphore.h>

namespace intake::service {

/// A fixed number of threads for work that blocks, behind a bounded queue.
///
/// The worker that went idle last works next: its stack and its allocator's cache are warm, and of
/// 96 threads only as many are ever touched as work at the same time.
class worker_pool {
 public:
  /// One piece of work; the pool holds no job, it only points at it until `run` begins.
  class job {
   public:
    virtual void run() noexcept = 0;

   protected:
    ~job() = default;

   private:
    friend class worker_pool;
    job* next_ = nullptr;
  };

  struct load {
    std::size_t threads, busy, waiting;
  };

  worker_pool(std::size_t threads, std::size_t waiting_max);
  /// Finishes what waits, then ends the threads.
  ~worker_pool();
  worker_pool(worker_pool const&) = delete;
  worker_pool& operator=(worker_pool const&) = delete;

  /// False, and nothing done, when no thread is free and the queue is full.
  bool try_submit(job&);
  /// For the next step of work that was let in before: never refused, at most one a connection.
  void submit(job&);

  load now() const;

 private:
  /// A semaphore and no condition variable: who wakes from that takes the pool's mutex again, and
  /// asks the kernel once more to give it back.
  struct worker {
    worker() { ::sem_init(&wake, 0, 0); }
    ~worker() { ::sem_destroy(&wake); }
    worker(worker const&) = delete;
    worker& operator=(worker const&) = delete;

    sem_t wake{};
    /// Set before the semaphore is posted; none: the pool ends.
    job* next = nullptr;
    std::thread thread;
  };
  enum class entry { bounded, always };

  bool enter(job&, entry);
  void work(worker&);
  job* next_job(worker&);
  static job* wait_for_job(worker&);

  std::size_t waiting_max_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::vector<worker*> idle_;
  job* first_ = nullptr;
  job* last_ = nullptr;
  std::size_t waiting_ = 0;
};

}  // namespace intake::service
