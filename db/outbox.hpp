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

/// One more, for what staff did. Role intake_desk.
void promise_task(pool&, std::string_view topic, certs::uuid submission, std::int32_t version);

/// False when the hold had run out and another worker took it.
[[nodiscard]] bool finish_task(pool&, outbox_task const&);
[[nodiscard]] bool retry_task_later(pool&, outbox_task const&, certs::utc_time not_before);

/// Nobody takes it any more until a person says so; `because` (at most 200 bytes) names no patient.
void give_up_task(pool&, outbox_task const&, std::string const& because, certs::utc_time now);

/// A task that was given up.
struct given_up_task {
  outbox_task task;
  certs::utc_time given_up{};
  std::string because;
};
std::vector<given_up_task> list_given_up(pool&, int tasks_max);
/// All of a topic are tried anew, as if for the first time; says how many.
int retry_given_up(pool&, std::string_view topic);

/// Ends a task and keeps, for ever, that it is done; false, with nothing changed, where that was
/// kept before or another worker has taken the task since.
[[nodiscard]] bool finish_as_handed_over(pool&, outbox_task const&, certs::utc_time now);
bool was_handed_over(pool&, std::string_view topic, certs::uuid submission, std::int32_t version);

/// Tasks of a topic that wait, those given up left out.
std::int64_t count_waiting(pool&, std::string_view topic);
/// Tasks not yet done, for metrics.
std::int64_t count_tasks(pool&);

}  // namespace intake::db
