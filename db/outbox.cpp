#include "db/outbox.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

constexpr statement take_due_tasks{
    "take_due_tasks",
    "UPDATE outbox o SET attempts = o.attempts + 1, taken_until = " INTAKE_TIME_OF("$3")
    " FROM (SELECT id FROM outbox WHERE topic = $1 AND not_before <= " INTAKE_TIME_OF("$2")
    " AND taken_until <= " INTAKE_TIME_OF("$2")
    " ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED) due WHERE o.id = due.id "
    "RETURNING o.id, o.topic, o.submission_id, o.version, o.attempts"};
constexpr statement delete_task{
    "delete_task", "DELETE FROM outbox WHERE id = $1 AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement postpone_task{
    "postpone_task", "UPDATE outbox SET taken_until = '-infinity', not_before = " INTAKE_TIME_OF(
                         "$3") " WHERE id = $1 AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement count_all_tasks{"count_all_tasks", "SELECT count(*) FROM outbox"};

}  // namespace

std::vector<outbox_task> take_tasks(pool& connections, std::string_view topic, int tasks_max,
                                    certs::utc_time now, std::chrono::seconds hold) {
  auto tasks = write(connections, [&](session_scope const& scope) {
    std::vector<outbox_task> taken;
    for (auto const& row : scope.run(take_due_tasks, std::string(topic), microseconds(now),
                                     microseconds(now + hold), tasks_max)) {
      taken.push_back({.id = row[0].as<std::int64_t>(),
                       .topic = row[1].as<std::string>(),
                       .submission = uuid_of(row[2]),
                       .version = row[3].as<std::int32_t>(),
                       .attempts = row[4].as<std::int32_t>(),
                       .taken_until = now + hold});
    }
    return taken;
  });
  std::ranges::sort(tasks, {}, &outbox_task::id);
  return tasks;
}

bool finish_task(pool& connections, outbox_task const& task) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(delete_task, task.id, microseconds(task.taken_until)).affected_rows() == 1;
  });
}

bool retry_task_later(pool& connections, outbox_task const& task, certs::utc_time not_before) {
  return write(connections, [&](session_scope const& scope) {
    auto const changed =
        scope.run(postpone_task, task.id, microseconds(task.taken_until), microseconds(not_before));
    return changed.affected_rows() == 1;
  });
}

std::int64_t count_tasks(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    return scope.run(count_all_tasks)[0][0].as<std::int64_t>();
  });
}

}  // namespace intake::db
