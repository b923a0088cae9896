#include "service/http/worker_pool.hpp"

#include <cerrno>
#include <utility>

#include <pthread.h>

namespace intake::service {

worker_pool::worker_pool(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
  idle_.reserve(threads);
  std::lock_guard const lock(mutex_);
  for (std::size_t i = 0; i < threads; ++i) {
    auto& each = *workers_.emplace_back(std::make_unique<worker>());
    idle_.push_back(&each);
    each.thread = std::thread([this, &each] { work(each); });
    pthread_setname_np(each.thread.native_handle(), "intake-worker");
  }
}

worker_pool::~worker_pool() {
  for (auto& each : workers_) ::sem_post(&each->wake);
  for (auto& each : workers_) each->thread.join();
}

bool worker_pool::try_submit(job& next) {
  return enter(next, entry::bounded);
}

void worker_pool::submit(job& next) {
  enter(next, entry::always);
}

bool worker_pool::enter(job& next, entry how) {
  next.next_ = nullptr;
  std::unique_lock lock(mutex_);
  if (!idle_.empty()) {
    auto& taker = *idle_.back();
    idle_.pop_back();
    taker.next = &next;
    lock.unlock();
    ::sem_post(&taker.wake);
    return true;
  }
  if (how == entry::bounded && waiting_ >= waiting_max_) return false;
  (first_ == nullptr ? first_ : last_->next_) = &next;
  last_ = &next;
  ++waiting_;
  return true;
}

void worker_pool::work(worker& self) {
  for (auto* next = wait_for_job(self); next != nullptr; next = next_job(self)) next->run();
}

worker_pool::job* worker_pool::next_job(worker& self) {
  {
    std::lock_guard const lock(mutex_);
    if (first_ != nullptr) {
      --waiting_;
      return std::exchange(first_, first_->next_);
    }
    idle_.push_back(&self);
  }
  return wait_for_job(self);
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
