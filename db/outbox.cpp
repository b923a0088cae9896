#include "db/outbox.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

constexpr statement take_due_tasks{
    "take_due_tasks",
    "UPDATE outbox o SET attempts = o.attempts + 1, taken_until = " INTAKE_TIME_OF("$3")
    " FROM (SELECT id FROM outbox WHERE topic = $1 AND given_up IS NULL "
    "AND not_before <= " INTAKE_TIME_OF("$2")
    " AND taken_until <= " INTAKE_TIME_OF("$2")
    " ORDER BY id LIMIT $4 FOR UPDATE SKIP LOCKED) due WHERE o.id = due.id "
    "RETURNING o.id, o.topic, o.submission_id, o.version, o.attempts"};
constexpr statement delete_task{
    "delete_task", "DELETE FROM outbox WHERE id = $1 AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement postpone_task{
    "postpone_task", "UPDATE outbox SET taken_until = '-infinity', not_before = " INTAKE_TIME_OF(
                         "$3") " WHERE id = $1 AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement give_up{
    "give_up_task",
    "UPDATE outbox SET given_up = " INTAKE_TIME_OF(
        "$3") ", because = $4 WHERE id = $1 AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement select_given_up{
    "select_given_up_tasks",
    "SELECT id, topic, submission_id, version, attempts, " INTAKE_MICROSECONDS_OF(
        "given_up") ", because FROM outbox WHERE given_up IS NOT NULL ORDER BY id LIMIT $1"};
constexpr statement update_given_up{
    "retry_given_up_tasks",
    "UPDATE outbox SET given_up = NULL, because = NULL, attempts = 0, not_before = '-infinity', "
    "taken_until = '-infinity' WHERE topic = $1 AND given_up IS NOT NULL"};
constexpr statement hand_over_task{
    "hand_over_task",
    "WITH ended AS (DELETE FROM outbox o WHERE o.id = $1 AND o.taken_until = " INTAKE_TIME_OF("$2")
    " AND NOT EXISTS (SELECT FROM handed_over h WHERE h.topic = o.topic AND h.submission_id = "
    "o.submission_id AND h.version = o.version) RETURNING topic, submission_id, version) "
    "INSERT INTO handed_over SELECT topic, submission_id, version, " INTAKE_TIME_OF("$3")
    " FROM ended"};
constexpr statement select_handed_over{
    "select_handed_over",
    "SELECT FROM handed_over WHERE topic = $1 AND submission_id = $2 AND version = $3"};
constexpr statement count_waiting_tasks{
    "count_waiting_tasks", "SELECT count(*) FROM outbox WHERE topic = $1 AND given_up IS NULL"};
constexpr statement count_all_tasks{"count_all_tasks", "SELECT count(*) FROM outbox"};

constexpr statement insert_task{
    "insert_outbox_task", "INSERT INTO outbox (topic, submission_id, version) VALUES ($1, $2, $3)"};

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

void promise_task(pool& connections, std::string_view topic, certs::uuid submission,
                  std::int32_t version) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_task, std::string(topic), certs::to_string(submission), version);
  });
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

void give_up_task(pool& connections, outbox_task const& task, std::string const& because,
                  certs::utc_time now) {
  write(connections, [&](session_scope const& scope) {
    scope.run(give_up, task.id, microseconds(task.taken_until), microseconds(now), because);
  });
}

std::vector<given_up_task> list_given_up(pool& connections, int tasks_max) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<given_up_task> list;
    for (auto const& row : scope.run(select_given_up, tasks_max)) {
      list.push_back({.task = {.id = row[0].as<std::int64_t>(),
                               .topic = row[1].as<std::string>(),
                               .submission = uuid_of(row[2]),
                               .version = row[3].as<std::int32_t>(),
                               .attempts = row[4].as<std::int32_t>(),
                               .taken_until = {}},
                      .given_up = time_of(row[5]),
                      .because = row[6].is_null() ? std::string() : row[6].as<std::string>()});
    }
    return list;
  });
}

int retry_given_up(pool& connections, std::string_view topic) {
  return write(connections, [&](session_scope const& scope) {
    return static_cast<int>(scope.run(update_given_up, std::string(topic)).affected_rows());
  });
}

bool finish_as_handed_over(pool& connections, outbox_task const& task, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    auto const kept =
        scope.run(hand_over_task, task.id, microseconds(task.taken_until), microseconds(now));
    return kept.affected_rows() == 1;
  });
}

bool was_handed_over(pool& connections, std::string_view topic, certs::uuid submission,
                     std::int32_t version) {
  return read(connections, [&](session_scope const& scope) {
    return !scope.run(select_handed_over, std::string(topic), certs::to_string(submission), version)
                .empty();
  });
}

std::int64_t count_waiting(pool& connections, std::string_view topic) {
  return read(connections, [&](session_scope const& scope) {
    return scope.run(count_waiting_tasks, std::string(topic))[0][0].as<std::int64_t>();
  });
}

std::int64_t count_tasks(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    return scope.run(count_all_tasks)[0][0].as<std::int64_t>();
  });
}

}  // namespace intake::db
