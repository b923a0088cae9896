#include "service/http/worker_pool.hpp"

#include <cerrno>
#include <utility>

#include <pthread.h>

namespace intake::service {

worker_pool::worker_pool(std::size_t threads, std::size_t waiting_max, share of_one_sender)
    : waiting_max_(waiting_max), share_(of_one_sender) {
  idle_.reserve(threads);
  std::lock_guard const lock(mutex_);
  for (std::size_t i = 0; i < threads; ++i) {
    auto& each = *workers_.emplace_back(std::make_unique<worker>());
    idle_.push_back(&each);
    each.thread = std::thread([this, &each] { work(each); });
    pthread_setname_np(each.thread.native_handle(), "intake-worker");
  }
}

worker_pool::worker_pool(std::size_t threads, std::size_t waiting_max)
    : worker_pool(threads, waiting_max, share{}) {}

worker_pool::~worker_pool() {
  for (auto& each : workers_) ::sem_post(&each->wake);
  for (auto& each : workers_) each->thread.join();
}

bool worker_pool::try_submit(job& next, sender from) {
  return enter(next, from, entry::bounded);
}

void worker_pool::submit(job& next, sender from) {
  enter(next, from, entry::always);
}

bool worker_pool::enter(job& next, sender from, entry how) {
  std::unique_lock lock(mutex_);
  auto& mine = lanes_.try_emplace(from).first->second;
  mine.of = from;
  next.next_ = nullptr;
  next.lane_ = &mine;
  if (!idle_.empty() && mine.running < share_.running_max) {
    ++mine.running;
    auto& taker = *idle_.back();
    idle_.pop_back();
    taker.next = &next;
    lock.unlock();
    ::sem_post(&taker.wake);
    return true;
  }
  bool const full = waiting_ >= waiting_max_ || mine.waiting >= share_.waiting_max;
  if (how == entry::bounded && full) {
    forget_if_empty(mine);
    return false;
  }
  (mine.first == nullptr ? mine.first : mine.last->next_) = &next;
  mine.last = &next;
  ++mine.waiting;
  ++waiting_;
  join_round(mine);
  return true;
}

/// For a lane with a job that may run.
void worker_pool::join_round(lane& mine) {
  if (mine.in_round || mine.waiting == 0 || mine.running >= share_.running_max) return;
  mine.in_round = true;
  mine.next = nullptr;
  (round_first_ == nullptr ? round_first_ : round_last_->next) = &mine;
  round_last_ = &mine;
}

void worker_pool::forget_if_empty(lane& mine) {
  if (mine.running == 0 && mine.waiting == 0) lanes_.erase(mine.of);
}

void worker_pool::work(worker& self) {
  auto* next = wait_for_job(self);
  while (next != nullptr) {
    // The job is gone once it ran.
    auto* const mine = next->lane_;
    next->run();
    next = next_job(self, mine);
  }
}

worker_pool::job* worker_pool::next_job(worker& self, lane* done) {
  {
    std::lock_guard const lock(mutex_);
    --done->running;
    join_round(*done);
    forget_if_empty(*done);
    if (auto* const taken = take_turn()) return taken;
    idle_.push_back(&self);
  }
  return wait_for_job(self);
}

/// One job of the lane whose turn it is, which goes to the end of the round.
worker_pool::job* worker_pool::take_turn() {
  if (round_first_ == nullptr) return nullptr;
  auto& mine = *std::exchange(round_first_, round_first_->next);
  mine.in_round = false;
  auto* const taken = std::exchange(mine.first, mine.first->next_);
  --mine.waiting;
  --waiting_;
  ++mine.running;
  join_round(mine);
  return taken;
}

/// For a worker on the list of idle ones; whoever takes it off there has given it a job.
worker_pool::job* worker_pool::wait_for_job(worker& self) {
  while (::sem_wait(&self.wake) != 0 && errno == EINTR) {
  }
  return std::exchange(self.next, nullptr);
}

worker_pool::load worker_pool::now() const {
  std::lock_guard const lock(mutex_);
  return {workers_.size(), workers_.size() - idle_.size(), waiting_};
}

}  // namespace intake::service
