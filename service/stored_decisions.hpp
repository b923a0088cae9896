#pragma once
#include "certs/kek.hpp"
#include "db/batch_writer.hpp"
#include "db/pool.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace intake::service {

/// A decision as it was sealed beside its answers.
struct stored_decision {
  certs::uuid submission;
  std::int32_t version = 0;
  std::string receipt;
  std::string json;
  /// Why it can't be opened, in a sentence for staff; then `json` is empty.
  std::string fault;
};

enum class which_versions { newest, all };

struct decision_walk {
  std::size_t submissions = 0;
  std::size_t decisions = 0;
  /// Whose key was destroyed under the retention policy: they are not gone over.
  std::size_t destroyed = 0;
};

struct decision_source {
  db::pool& desk;
  certs::kek_provider const& keks;
  db::batch_writer& writer;
  /// Of the audit entries: who reads and why; what was read is added.
  db::audit_entry reader;
  /// The newest so many are gone over, rounded up to a page of the list.
  std::size_t submissions_max = SIZE_MAX;
};

/// Calls `visit` for every decision, the newest submission first. What was opened is in the audit
/// trail before `visit` hears of it. Throws `db::unavailable`.
decision_walk for_each_decision(decision_source const&, which_versions,
                                std::function<void(stored_decision const&)> const& visit);

}  // namespace intake::service
