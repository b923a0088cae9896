#pragma once
#include "certs/secret.hpp"
#include "certs/uuid.hpp"
#include "db/batch_queue.hpp"
#include "db/batch_transaction.hpp"
#include "db/batch_writer.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace intake::db {

/// One thread behind batch_writer: takes what waits, stores it, tells every caller its own outcome,
/// and outlives whatever happens to its connection.
class batch_worker {
 public:
  /// `settings` without the key, `chain` and `queue` are its own or shared as said there; all
  /// outlive it.
  batch_worker(batch_writer_settings const& settings, certs::secret const& audit_key,
               certs::world const& world, batch_queue& queue, std::string chain);
  /// To be called after the queue was closed: gives what waits up to `wait_max`, then breaks the
  /// connection off.
  ~batch_worker();

  /// Adds its counts to those of others.
  void add_counts(batch_writer_counts&) const;

  /// Tells those under way whose time is over that none knows, though PostgreSQL still works on
  /// them.
  void give_up_overdue();

  /// How its last attempt went: when, and what was wrong (empty: nothing).
  struct attempt {
    std::chrono::steady_clock::time_point at{};
    std::string trouble;
  };
  attempt last_attempt() const;

 private:
  void run();
  void set_under_way(job_list);
  void postpone_repetitions(job_list&);
  bool try_store(job_list const&);
  bool is_in_trouble() const;
  void look_again();
  /// Notes how it went; false where it could not be done.
  bool attempted(std::function<void()> const& act);
  void make_ready();
  void make_chain();
  void settle_doubt(bool stored);
  void store(job_list const&);
  void store_apart(job_list const&, std::string const& sqlstate);
  void confirm(job_list const&);
  void doubt(job_list const&);
  bool chain_has_moved();
  void put_back(job_list const&);
  void forget_place();
  void drop_link();
  void note_attempt(std::string trouble);
  batch_context context() { return {*link_, settings_.guard, audit_key_.view(), blob_}; }

  batch_writer_settings const& settings_;
  certs::secret const& audit_key_;
  certs::world const& world_;
  batch_queue& queue_;
  std::string const chain_base_;
  /// Guards counts_, last_attempt_ and under_way_, and link_ against the destructor.
  mutable std::mutex mutex_;
  job_list under_way_;
  batch_writer_counts counts_;
  attempt last_attempt_;
  std::unique_ptr<connection> link_;
  certs::bytes blob_;
  std::optional<writer_chain> chain_;
  std::string chain_name_;
  /// Entries whose COMMIT was not confirmed (submissions find themselves by their ids), and the
  /// last entry of that batch.
  std::optional<chain_position> doubt_;
  job_list doubtful_entries_;
  std::promise<void> finished_;
  std::thread thread_;
};

}  // namespace intake::db
