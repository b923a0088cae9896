#include "db/appointment_decisions.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_DECISION_COLUMNS \
  "d.id, d.appointment_id, d.submission_id, d.version, d.rule_set, "                          \
  INTAKE_MICROSECONDS_OF("d.starts_at") ", " INTAKE_MICROSECONDS_OF("d.decided")              \
  ", d.changed, d.kek_id, d.wrapped, d.content, COALESCE(d.location, '') "
#define INTAKE_LATEST_DECISION(which)                                                  \
  "FROM appointment a CROSS JOIN LATERAL (SELECT * FROM appointment_decision d WHERE " \
  "d.appointment_id = a.id " which                                                     \
  " ORDER BY d.number DESC LIMIT 1) d WHERE a.starts_at > " INTAKE_TIME_OF("$1")

/// Any number will do that no other advisory lock of the program has.
constexpr statement lock_decisions{"lock_decisions", "SELECT pg_advisory_xact_lock(7236281749)"};
constexpr statement insert_decision{
    "insert_decision",
    "INSERT INTO appointment_decision (id, appointment_id, submission_id, version, rule_set, "
    "starts_at, decided, changed, kek_id, wrapped, content, location) SELECT $1, $2::uuid, "
    "$3::uuid, $4::integer, $5::bytea, " INTAKE_TIME_OF("$6") ", " INTAKE_TIME_OF(
        "$7") ", $8, $9, $10, $11, $12::text WHERE NOT EXISTS (SELECT FROM (SELECT * FROM "
              "appointment_decision n WHERE n.appointment_id = $2::uuid ORDER BY n.number DESC "
              "LIMIT 1) l WHERE l.submission_id = $3::uuid AND l.version = $4::integer AND "
              "l.rule_set = $5::bytea AND l.starts_at = " INTAKE_TIME_OF(
                  "$6") " AND l.location = $12::text)"};
constexpr statement select_latest{"select_latest_decisions",
                                  "SELECT " INTAKE_DECISION_COLUMNS INTAKE_LATEST_DECISION("")};
constexpr statement select_changed{"select_changed_decisions",
                                   "SELECT " INTAKE_DECISION_COLUMNS INTAKE_LATEST_DECISION(
                                       "AND d.changed") " ORDER BY a.starts_at, a.id LIMIT 500"};

constexpr statement select_all{"select_all_decisions",
                               "SELECT " INTAKE_DECISION_COLUMNS
                               ", d.number FROM appointment_decision d WHERE d.number > $1 "
                               "ORDER BY d.number LIMIT $2"};

appointment_decision decision_of(pqxx::row const& row) {
  return {.id = uuid_of(row[0]),
          .appointment = uuid_of(row[1]),
          .submission = uuid_of(row[2]),
          .version = row[3].as<std::int32_t>(),
          .rule_set = hash_of(row[4]),
          .starts_at = time_of(row[5]),
          .decided = time_of(row[6]),
          .changed = row[7].as<bool>(),
          .key = {row[8].as<std::string>(), bytes_of(row[9])},
          .content = bytes_of(row[10]),
          .location = row[11].as<std::string>()};
}

std::vector<appointment_decision> decisions_of(pqxx::result const& rows) {
  std::vector<appointment_decision> list;
  for (auto const& row : rows) list.push_back(decision_of(row));
  return list;
}

}  // namespace

bool add_decision(pool& connections, appointment_decision const& made) {
  return write(connections, [&](session_scope const& scope) {
    scope.run(lock_decisions);
    return scope
               .run(insert_decision, certs::to_string(made.id), certs::to_string(made.appointment),
                    certs::to_string(made.submission), made.version, binary(made.rule_set),
                    microseconds(made.starts_at), microseconds(made.decided), made.changed,
                    made.key.kek_id, binary(made.key.value), binary(made.content), made.location)
               .affected_rows() == 1;
  });
}

std::vector<appointment_decision> latest_decisions(pool& connections, certs::utc_time from) {
  return read(connections, [&](session_scope const& scope) {
    return decisions_of(scope.run(select_latest, microseconds(from)));
  });
}

std::vector<numbered_decision> list_decisions(pool& connections, std::int64_t number,
                                              int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<numbered_decision> list;
    for (auto const& row : scope.run(select_all, number, rows_max)) {
      list.push_back({row[12].as<std::int64_t>(), decision_of(row)});
    }
    return list;
  });
}

std::vector<appointment_decision> list_changed_decisions(pool& connections, certs::utc_time from) {
  return read(connections, [&](session_scope const& scope) {
    return decisions_of(scope.run(select_changed, microseconds(from)));
  });
}

}  // namespace intake::db
