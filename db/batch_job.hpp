#pragma once
#include "db/batch_writer.hpp"
#include "db/outcome_slot.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace intake::db {

/// An audit entry that is durable.
struct entry_recorded {};

using job_outcome = std::variant<verdict, refused_row, entry_recorded>;

/// One caller's wish on its way through the batch writer. Shared, because a caller may stop
/// waiting, and who watches the time may answer in the writer's place.
struct batch_job {
  /// Empty where only an audit entry is to be written.
  std::optional<new_submission> submission;
  audit_entry entry;
  std::optional<certs::hash256> record;
  std::size_t bytes = 0;
  std::chrono::steady_clock::time_point deadline;
  /// Once a COMMIT of it was not confirmed: should it be there already, then it may be ours.
  bool in_doubt = false;
  /// The outcome is given: once, by whoever is first.
  std::atomic<bool> settled{false};
  outcome_slot<job_outcome> outcome;
  /// Where nobody waits for the outcome: what is done with it, instead.
  std::function<void(job_outcome)> then;
};

using job_pointer = std::shared_ptr<batch_job>;
using job_list = std::vector<job_pointer>;

/// Gives the outcome where none was given yet.
void settle(batch_job&, job_outcome);
/// The same with `not_available`: stored or not, nobody knows in time.
void give_up(batch_job&);

}  // namespace intake::db
