#pragma once
#include "db/batch_writer.hpp"
#include "db/outcome_slot.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace intake::db {

/// PostgreSQL refuses this row, whoever its neighbours are.
struct refused_row {
  std::string sqlstate;
};

/// An audit entry that is durable.
struct entry_recorded {};

using job_outcome = std::variant<verdict, refused_row, entry_recorded>;

/// One caller's wish on its way through the batch writer. Shared, because a caller may stop
/// waiting.
struct batch_job {
  /// Empty where only an audit entry is to be written.
  std::optional<new_submission> submission;
  audit_entry entry;
  std::optional<certs::hash256> record;
  std::size_t bytes = 0;
  std::chrono::steady_clock::time_point deadline;
  /// Once a COMMIT of it was not confirmed: should it be there already, then it may be ours.
  bool in_doubt = false;
  /// The outcome is set.
  bool settled = false;
  outcome_slot<job_outcome> outcome;
};

using job_pointer = std::shared_ptr<batch_job>;
using job_list = std::vector<job_pointer>;

}  // namespace intake::db
