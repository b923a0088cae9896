#include "db/enrolments.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement insert_task{
    "insert_enrolment_task",
    "INSERT INTO enrolment_task (payer, code, opened) SELECT $1, $2, " INTAKE_TIME_OF(
        "$3") " WHERE NOT EXISTS (SELECT FROM enrolment_task t WHERE t.payer = $1 AND t.settled > "
              "" INTAKE_TIME_OF("$4") ") ON CONFLICT (payer) WHERE settled IS NULL DO NOTHING"};
constexpr statement select_open{"select_open_enrolment_tasks",
                                "SELECT number, payer, code, " INTAKE_MICROSECONDS_OF(
                                    "opened") " FROM enrolment_task WHERE settled IS NULL ORDER "
                                              "BY opened, number"};
constexpr statement select_settled{
    "select_settled_enrolments",
    "SELECT payer, " INTAKE_MICROSECONDS_OF("max(settled)") " FROM enrolment_task WHERE settled IS "
                                                            "NOT NULL GROUP BY payer"};
constexpr statement settle_task{
    "settle_enrolment_task",
    "UPDATE enrolment_task SET settled = " INTAKE_TIME_OF(
        "$2") ", actor = $3 WHERE number = $1 AND settled IS NULL RETURNING payer"};

}  // namespace

void insert_enrolment_task(session_scope const& scope, enrolment_task const& task,
                           certs::utc_time asked) {
  scope.run(insert_task, task.payer, task.code, microseconds(task.opened), microseconds(asked));
}

std::vector<enrolment_task> open_enrolment_tasks(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::vector<enrolment_task> list;
    for (auto const& row : scope.run(select_open)) {
      list.push_back({.number = row[0].as<std::int64_t>(),
                      .payer = row[1].as<std::string>(),
                      .code = row[2].as<std::string>(),
                      .opened = time_of(row[3])});
    }
    return list;
  });
}

std::vector<settled_enrolment> settled_enrolments(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::vector<settled_enrolment> list;
    for (auto const& row : scope.run(select_settled)) {
      list.push_back({row[0].as<std::string>(), time_of(row[1])});
    }
    return list;
  });
}

std::optional<std::string> settle_enrolment_task(pool& connections, std::int64_t number,
                                                 certs::uuid actor, certs::utc_time at) {
  return write(connections, [&](session_scope const& scope) -> std::optional<std::string> {
    auto const rows = scope.run(settle_task, number, microseconds(at), certs::to_string(actor));
    if (rows.empty()) return std::nullopt;
    return rows[0][0].as<std::string>();
  });
}

}  // namespace intake::db
