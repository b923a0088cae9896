#pragma once
#include "certs/secret.hpp"
#include "certs/uuid.hpp"
#include "db/batch_queue.hpp"
#include "db/batch_transaction.hpp"
#include "db/batch_writer.hpp"

#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace intake::db {

/// The thread behind batch_writer: takes what waits, stores it, tells every caller its own outcome,
/// and outlives whatever happens to its connection.
class batch_worker {
 public:
  batch_worker(batch_writer_settings settings, certs::world world);
  /// Gives what waits up to `wait_max`, then breaks the connection off.
  ~batch_worker();

  [[nodiscard]] bool push(job_pointer job) { return queue_.push(std::move(job)); }
  batch_writer_counts counts() const;
  batch_writer_settings const& settings() const { return settings_; }

 private:
  void run();
  void postpone_repetitions(job_list&);
  bool try_store(job_list const&);
  void make_ready();
  void make_chain();
  void settle_doubt(bool stored);
  void store(job_list const&);
  void store_apart(job_list const&, std::string const& sqlstate);
  void confirm(job_list const&);
  void doubt(job_list const&);
  bool chain_has_moved();
  void put_back(job_list const&);
  void drop_link();
  void trouble(std::string sentence);
  batch_context context() { return {*link_, settings_.guard, audit_key_.view(), blob_}; }

  batch_writer_settings settings_;
  certs::secret audit_key_;
  certs::world world_;
  batch_queue queue_;
  /// Guards counts_, and link_ against the destructor.
  mutable std::mutex mutex_;
  batch_writer_counts counts_;
  std::unique_ptr<connection> link_;
  certs::bytes blob_;
  std::optional<writer_chain> chain_;
  std::string chain_name_;
  /// The last entry of the batch in doubt, and those of its jobs that are nothing but entries.
  std::optional<chain_position> doubt_;
  job_list doubtful_entries_;
  std::promise<void> finished_;
  std::thread thread_;
};

}  // namespace intake::db
