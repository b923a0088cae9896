#include "db/broken_glass.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement insert_glass{
    "insert_broken_glass",
    "INSERT INTO broken_glass (id, account_id, submission_id, reason, opened, ends) VALUES ($1, "
    "$2, $3, $4, " INTAKE_TIME_OF("$5") ", " INTAKE_TIME_OF("$6") ")"};

#define INTAKE_GLASS \
  "SELECT g.id, g.account_id, g.submission_id, g.reason, " INTAKE_MICROSECONDS_OF(         \
      "g.opened") ", " INTAKE_MICROSECONDS_OF("g.ends") ", " INTAKE_MICROSECONDS_OF(       \
      "g.seen") ", a.name, coalesce(s.name, '') FROM broken_glass g JOIN account a ON a.id = " \
                "g.account_id LEFT JOIN account s ON s.id = g.seen_by "
constexpr statement select_open_glass{
    "select_open_glass",
    INTAKE_GLASS "WHERE g.account_id = $1 AND g.submission_id = $2 AND g.opened <= " INTAKE_TIME_OF(
        "$3") " AND g.ends > " INTAKE_TIME_OF("$3") " ORDER BY g.ends DESC LIMIT 1"};
constexpr statement select_glass{"select_broken_glass", INTAKE_GLASS
                                 "ORDER BY g.seen IS NOT NULL, g.opened DESC, g.id LIMIT $1"};
#undef INTAKE_GLASS
constexpr statement count_unseen{"count_unseen_glass",
                                 "SELECT count(*) FROM broken_glass WHERE seen IS NULL"};
constexpr statement update_seen{
    "see_broken_glass",
    "UPDATE broken_glass SET seen = " INTAKE_TIME_OF(
        "$3") ", seen_by = $2 WHERE id = $1 AND seen IS NULL AND account_id <> $2"};

broken_glass glass_of(pqxx::row const& row) {
  return {.id = uuid_of(row[0]),
          .account = uuid_of(row[1]),
          .submission = uuid_of(row[2]),
          .reason = row[3].as<std::string>(),
          .opened = time_of(row[4]),
          .ends = time_of(row[5]),
          .seen = row[6].is_null() ? std::nullopt : std::optional(time_of(row[6])),
          .seen_by = row[8].as<std::string>(),
          .account_name = row[7].as<std::string>()};
}

}  // namespace

void break_glass(pool& connections, broken_glass const& broken) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_glass, certs::to_string(broken.id), certs::to_string(broken.account),
              certs::to_string(broken.submission), broken.reason, microseconds(broken.opened),
              microseconds(broken.ends));
  });
}

std::optional<broken_glass> open_glass(pool& connections, certs::uuid account,
                                       certs::uuid submission, certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) -> std::optional<broken_glass> {
    auto const rows = scope.run(select_open_glass, certs::to_string(account),
                                certs::to_string(submission), microseconds(now));
    if (rows.empty()) return std::nullopt;
    return glass_of(rows[0]);
  });
}

std::vector<broken_glass> list_broken_glass(pool& connections, int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<broken_glass> list;
    for (auto const& row : scope.run(select_glass, rows_max)) list.push_back(glass_of(row));
    return list;
  });
}

int count_unseen_glass(pool& connections) {
  return read(connections,
              [&](session_scope const& scope) { return scope.run(count_unseen)[0][0].as<int>(); });
}

bool see_broken_glass(pool& connections, certs::uuid id, certs::uuid account, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(update_seen, certs::to_string(id), certs::to_string(account), microseconds(now))
               .affected_rows() == 1;
  });
}

}  // namespace intake::db
