#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::db {

/// Work that was promised in the same transaction as a submission; several workers and instances
/// may take from it.
struct outbox_task {
  std::int64_t id = 0;
  std::string topic;
  certs::uuid submission;
  std::int32_t version = 0;
  /// How often it was taken, this time included.
  std::int32_t attempts = 0;
  /// Which taking this is: a worker that was too slow cannot finish what another has taken since.
  certs::utc_time taken_until{};
};

/// Takes up to `tasks_max` due tasks of a topic, oldest first; nobody else gets them until `now +
/// hold`. All functions here throw `unavailable`.
std::vector<outbox_task> take_tasks(pool&, std::string_view topic, int tasks_max,
                                    certs::utc_time now, std::chrono::seconds hold);

/// False when the hold had run out and another worker took it.
[[nodiscard]] bool finish_task(pool&, outbox_task const&);
[[nodiscard]] bool retry_task_later(pool&, outbox_task const&, certs::utc_time not_before);

/// Tasks not yet done, for metrics.
std::int64_t count_tasks(pool&);

}  // namespace intake::db
