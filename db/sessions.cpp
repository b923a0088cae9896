#include "db/sessions.hpp"

#include "db/errors.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

/// `last_seen` is moved no more often, so that a page costs no write.
constexpr std::chrono::minutes touch_interval{1};

constexpr statement insert_session{
    "insert_session",
    "INSERT INTO session (id_hash, account_id, csrf_secret, started, last_seen) VALUES ($1, $2, "
    "$3, " INTAKE_TIME_OF("$4") ", " INTAKE_TIME_OF("$5") ")"};
constexpr statement select_session{
    "select_session",
    "SELECT s.account_id, s.csrf_secret, " INTAKE_MICROSECONDS_OF("s.started") ", "
    INTAKE_MICROSECONDS_OF("s.last_seen") ", a.name, a.role, EXISTS (SELECT FROM account_totp t "
    "WHERE t.account_id = a.id AND t.confirmed IS NOT NULL) OR EXISTS (SELECT FROM passkey p WHERE "
    "p.account_id = a.id) FROM session s JOIN account a ON a.id = s.account_id "
    "WHERE s.id_hash = $1 AND a.disabled IS NULL"};
#define INTAKE_SESSION                                                \
  "SELECT id_hash, account_id, csrf_secret, " INTAKE_MICROSECONDS_OF( \
      "started") ", " INTAKE_MICROSECONDS_OF("last_seen") " FROM session WHERE "
constexpr statement select_stored_session{"select_stored_session", INTAKE_SESSION "id_hash = $1"};
constexpr statement select_sessions_of{
    "select_sessions_of", INTAKE_SESSION "account_id = $1 ORDER BY started DESC LIMIT 50"};
#undef INTAKE_SESSION
constexpr statement touch_session{
    "touch_session", "UPDATE session SET last_seen = " INTAKE_TIME_OF("$2") " WHERE id_hash = $1"};
constexpr statement delete_session{"delete_session", "DELETE FROM session WHERE id_hash = $1"};
constexpr statement delete_account_sessions{"delete_account_sessions",
                                            "DELETE FROM session WHERE account_id = $1"};
constexpr statement delete_ended_sessions{"delete_ended_sessions",
                                          "DELETE FROM session WHERE last_seen <= " INTAKE_TIME_OF(
                                              "$1") " OR started <= " INTAKE_TIME_OF("$2")};

resumed_session resumed(certs::hash256 const& id_hash, pqxx::row const& row) {
  auto const role = parse_account_role(row[5].c_str());
  if (!role) throw unavailable("the database holds a role that its schema forbids");
  return {.record = {.id_hash = id_hash,
                     .account = uuid_of(row[0]),
                     .csrf_secret = hash_of(row[1]),
                     .started = time_of(row[2]),
                     .last_seen = time_of(row[3])},
          .account_name = row[4].as<std::string>(),
          .role = *role,
          .second_factor = row[6].as<bool>()};
}

session session_of(pqxx::row const& row) {
  return {.id_hash = hash_of(row[0]),
          .account = uuid_of(row[1]),
          .csrf_secret = hash_of(row[2]),
          .started = time_of(row[3]),
          .last_seen = time_of(row[4])};
}

bool has_ended(session const& record, certs::utc_time now, session_limits const& limits) {
  return now >= record.last_seen + limits.idle || now >= record.started + limits.absolute;
}

int delete_with(pool& connections, statement const& what, auto const&... values) {
  return write(connections, [&](session_scope const& scope) {
    return static_cast<int>(scope.run(what, values...).affected_rows());
  });
}

}  // namespace

void start_session(pool& connections, session const& started) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_session, binary(started.id_hash), certs::to_string(started.account),
              binary(started.csrf_secret), microseconds(started.started),
              microseconds(started.last_seen));
  });
}

std::optional<resumed_session> resume_session(pool& connections, certs::hash256 const& id_hash,
                                              certs::utc_time now, session_limits const& limits) {
  auto found = read(connections, [&](session_scope const& scope) -> std::optional<resumed_session> {
    auto const rows = scope.run(select_session, binary(id_hash));
    if (rows.empty()) return std::nullopt;
    return resumed(id_hash, rows[0]);
  });
  if (!found || has_ended(found->record, now, limits)) return std::nullopt;
  if (limits.touches && now >= found->record.last_seen + touch_interval) {
    write(connections, [&](session_scope const& scope) {
      scope.run(touch_session, binary(id_hash), microseconds(now));
    });
    found->record.last_seen = now;
  }
  return found;
}

std::optional<session> find_session(pool& connections, certs::hash256 const& id_hash) {
  return read(connections, [&](session_scope const& scope) -> std::optional<session> {
    auto const rows = scope.run(select_stored_session, binary(id_hash));
    if (rows.empty()) return std::nullopt;
    return session_of(rows[0]);
  });
}

std::vector<session> sessions_of(pool& connections, certs::uuid account) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<session> list;
    for (auto const& row : scope.run(select_sessions_of, certs::to_string(account))) {
      list.push_back(session_of(row));
    }
    return list;
  });
}

void end_session(pool& connections, certs::hash256 const& id_hash) {
  delete_with(connections, delete_session, binary(id_hash));
}

int end_all_sessions(pool& connections, certs::uuid account) {
  return delete_with(connections, delete_account_sessions, certs::to_string(account));
}

int remove_ended_sessions(pool& connections, certs::utc_time now, session_limits const& limits) {
  return delete_with(connections, delete_ended_sessions, microseconds(now - limits.idle),
                     microseconds(now - limits.absolute));
}

}  // namespace intake::db
