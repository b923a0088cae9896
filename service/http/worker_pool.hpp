#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include <semaphore.h>

namespace intake::service {

/// A fixed number of threads for work that blocks, behind a bounded queue.
///
/// The worker that went idle last works next: its stack and its allocator's cache are warm, and of
/// 96 threads only as many are ever touched as work at the same time.
///
/// Work has a sender. Of one sender's jobs only so many run at once and only so many wait, and
/// those who wait take turns: whoever floods waits behind himself.
class worker_pool {
  struct lane;

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
    lane* lane_ = nullptr;
  };

  struct load {
    std::size_t threads, busy, waiting;
  };

  /// What one sender may have of it.
  struct share {
    std::size_t running_max = std::numeric_limits<std::size_t>::max();
    std::size_t waiting_max = std::numeric_limits<std::size_t>::max();
  };
  using sender = std::uint64_t;

  worker_pool(std::size_t threads, std::size_t waiting_max, share of_one_sender);
  worker_pool(std::size_t threads, std::size_t waiting_max);
  /// Finishes what waits, then ends the threads.
  ~worker_pool();
  worker_pool(worker_pool const&) = delete;
  worker_pool& operator=(worker_pool const&) = delete;

  /// False, and nothing done, when it can't run now and the queue, or the sender's part of it, is
  /// full.
  bool try_submit(job&, sender = 0);
  /// For the next step of work that was let in before: never refused, at most one a connection.
  void submit(job&, sender = 0);

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
  /// One sender's jobs; there while one of them runs or waits.
  struct lane {
    sender of = 0;
    std::size_t running = 0;
    std::size_t waiting = 0;
    job* first = nullptr;
    job* last = nullptr;
    /// In the round of those whose turn comes.
    bool in_round = false;
    lane* next = nullptr;
  };
  enum class entry { bounded, always };

  bool enter(job&, sender, entry);
  void work(worker&);
  job* next_job(worker&, lane* done);
  job* take_turn();
  void join_round(lane&);
  void forget_if_empty(lane&);
  static job* wait_for_job(worker&);

  std::size_t waiting_max_;
  share share_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::vector<worker*> idle_;
  std::unordered_map<sender, lane> lanes_;
  lane* round_first_ = nullptr;
  lane* round_last_ = nullptr;
  std::size_t waiting_ = 0;
};

}  // namespace intake::service
