#include "db/appointments.hpp"

#include "db/errors.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<appointment_state, 4> states{{"expected", "arrived", "left", "no-show"}};

#define INTAKE_APPOINTMENT_COLUMNS                    \
  "SELECT a.id, a.location, " INTAKE_MICROSECONDS_OF( \
      "a.starts_at") ", a.source, a.token, a.revision, a.kek_id, a.wrapped, a.content"
#define INTAKE_APPOINTMENT_ROW \
  INTAKE_APPOINTMENT_COLUMNS   \
  ", e.state, e.number, " INTAKE_MICROSECONDS_OF("e.at") ", d.id, d.forms_done, "            \
  "d.forms_asked, d.help_asked IS NOT NULL, i.id, " INTAKE_MICROSECONDS_OF("i.created") ", " \
  INTAKE_MICROSECONDS_OF("i.expires") ", " INTAKE_MICROSECONDS_OF("i.opened") ", m.ids "     \
  "FROM appointment a "                                                                      \
  "LEFT JOIN LATERAL (SELECT * FROM appointment_event e WHERE e.appointment_id = a.id "      \
  "ORDER BY e.number DESC LIMIT 1) e ON true "                                               \
  "LEFT JOIN LATERAL (SELECT d.id, d.forms_done, d.forms_asked, d.help_asked FROM draft d "  \
  "WHERE d.appointment_id = a.id AND d.expires > " INTAKE_TIME_OF("$1")                      \
  " ORDER BY d.id DESC LIMIT 1) d ON true "                                                  \
  "LEFT JOIN LATERAL (SELECT * FROM invitation i WHERE i.appointment_id = a.id AND "         \
  "i.purpose = 'packet' AND i.revoked IS NULL ORDER BY i.created DESC LIMIT 1) i ON true "   \
  "LEFT JOIN LATERAL (SELECT string_agg(l.submission_id::text, E'\\n' ORDER BY l.number "    \
  "DESC) AS ids FROM (SELECT DISTINCT ON (n.submission_id) n.submission_id, n.number, "      \
  "n.act FROM appointment_match n WHERE n.appointment_id = a.id ORDER BY n.submission_id, "  \
  "n.number DESC) l WHERE l.act = 'match' AND NOT (" INTAKE_IS_VOID("l.submission_id") ")) m ON " \
  "true "

constexpr statement insert_appointment{
    "insert_appointment",
    "INSERT INTO appointment (id, location, starts_at, source, token, revision, kek_id, wrapped, "
    "content) VALUES ($1, $2, " INTAKE_TIME_OF(
        "$3") ", nullif($4, ''::bytea), nullif($5, ''::bytea), $6, $7, $8, $9)"};
constexpr statement update_appointment{
    "update_appointment",
    "UPDATE appointment SET location = $2, starts_at = " INTAKE_TIME_OF("$3")
    ", token = nullif($4, ''::bytea), revision = $5, kek_id = $6, wrapped = $7, content = $8 "
    "WHERE id = $1 AND revision = $5 - 1"};
// Two who take over one list wait for each other's rows, and do not have to: any number will do
// that no other advisory lock of the program has.
constexpr statement try_lock_list{"try_lock_appointment_list",
                                  "SELECT pg_try_advisory_xact_lock(7215543203)"};
constexpr statement select_by_source{"select_appointment_by_source", INTAKE_APPOINTMENT_COLUMNS
                                     " FROM appointment a WHERE a.source = $1"};
constexpr statement select_by_token{
    "select_appointments_by_token", INTAKE_APPOINTMENT_COLUMNS
    " FROM appointment a WHERE a.token = $1 AND coalesce((SELECT e.state FROM appointment_event e "
    "WHERE e.appointment_id = a.id ORDER BY e.number DESC LIMIT 1), '') <> 'no-show' "
    "ORDER BY a.starts_at, a.id"};
constexpr statement select_appointment{"select_appointment",
                                       INTAKE_APPOINTMENT_ROW "WHERE a.id = $2"};
constexpr statement select_day{
    "select_appointment_day",
    INTAKE_APPOINTMENT_ROW "WHERE a.location = $2 AND a.starts_at >= " INTAKE_TIME_OF(
        "$3") " AND a.starts_at < " INTAKE_TIME_OF("$4") " ORDER BY a.starts_at, a.id"};
constexpr statement select_future{
    "select_future_appointments", INTAKE_APPOINTMENT_ROW
    "WHERE a.starts_at > " INTAKE_TIME_OF("$1") " ORDER BY a.starts_at, a.id LIMIT $2"};

constexpr statement select_visit_times{
    "select_visit_times",
    "SELECT m.submission_id, " INTAKE_MICROSECONDS_OF(
        "max(a.starts_at)") " FROM (SELECT DISTINCT ON (n.submission_id, n.appointment_id) "
                            "n.submission_id, n.appointment_id, n.act FROM appointment_match n "
                            "WHERE n.submission_id = ANY($1::uuid[]) ORDER BY n.submission_id, "
                            "n.appointment_id, n.number DESC) m JOIN appointment a ON a.id = "
                            "m.appointment_id WHERE m.act = 'match' GROUP BY m.submission_id"};

// The number is what the person saw plus one: who acts at the same time meets the primary key.
constexpr statement insert_event{
    "insert_appointment_event",
    "INSERT INTO appointment_event (appointment_id, number, state, act, at, actor) SELECT $1, $2 + "
    "1, $3, 'set', " INTAKE_TIME_OF("$4") ", $5 WHERE (SELECT coalesce(max(number), 0) FROM "
    "appointment_event WHERE appointment_id = $1) = $2 ON CONFLICT DO NOTHING"};
constexpr statement insert_undo{
    "insert_appointment_undo",
    "INSERT INTO appointment_event (appointment_id, number, state, act, at, actor) SELECT $1, $2 + "
    "1, coalesce((SELECT state FROM appointment_event WHERE appointment_id = $1 AND number = $2 - "
    "1), 'expected'), 'undo', " INTAKE_TIME_OF("$3") ", $4 WHERE $2 > 0 AND (SELECT max(number) "
    "FROM appointment_event WHERE appointment_id = $1) = $2 ON CONFLICT DO NOTHING"};

constexpr statement end_links{"end_links_of_person",
                              "UPDATE invitation SET revoked = " INTAKE_TIME_OF(
                                  "$2") " WHERE appointment_id = $1 AND revoked IS NULL"};
constexpr statement part_drafts{"part_drafts_of_person",
                                "UPDATE draft SET appointment_id = NULL WHERE appointment_id = $1"};
constexpr statement part_matches{
    "part_matches_of_person",
    "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) SELECT $1, "
    "m.submission_id, 'part', m.how, " INTAKE_TIME_OF(
        "$2") " FROM (SELECT DISTINCT ON (submission_id) submission_id, act, how FROM "
              "appointment_match WHERE appointment_id = $1 ORDER BY submission_id, number DESC) m "
              "WHERE m.act = 'match'"};

/// libpqxx sends no null in binary: an empty text stands for "none", and the statements know it.
pqxx::binarystring or_none(std::optional<certs::hash256> const& hash) {
  return hash ? binary(*hash) : binary({});
}

constexpr std::string_view source_is_taken = "23505";
struct was_slower {};

void insert_row(session_scope const& scope, appointment const& one) {
  scope.run(insert_appointment, certs::to_string(one.id), one.location, microseconds(one.starts_at),
            or_none(one.source), or_none(one.token), one.revision, one.key.kek_id,
            binary(one.key.value), binary(one.content));
}

void leave_person(session_scope const& scope, certs::uuid appointment, certs::utc_time at) {
  auto const id = certs::to_string(appointment);
  scope.run(end_links, id, microseconds(at));
  scope.run(part_drafts, id);
  scope.run(part_matches, id, microseconds(at));
}

bool update_row(session_scope const& scope, appointment const& next) {
  auto const changed = scope
                           .run(update_appointment, certs::to_string(next.id), next.location,
                                microseconds(next.starts_at), or_none(next.token), next.revision,
                                next.key.kek_id, binary(next.key.value), binary(next.content))
                           .affected_rows() == 1;
  if (changed && next.other_person_since) leave_person(scope, next.id, *next.other_person_since);
  return changed;
}

appointment appointment_of(pqxx::row const& row) {
  appointment found;
  found.id = uuid_of(row[0]);
  found.location = row[1].as<std::string>();
  found.starts_at = time_of(row[2]);
  if (!row[3].is_null()) found.source = hash_of(row[3]);
  if (!row[4].is_null()) found.token = hash_of(row[4]);
  found.revision = row[5].as<std::int32_t>();
  found.key = {row[6].as<std::string>(), bytes_of(row[7])};
  found.content = bytes_of(row[8]);
  return found;
}

std::optional<certs::utc_time> time_or_none(pqxx::field const& field) {
  return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

appointment_row row_of(pqxx::row const& row) {
  appointment_row found;
  found.what = appointment_of(row);
  if (!row[9].is_null()) {
    found.state = states.parse(row[9].c_str()).value_or(appointment_state::expected);
    found.event_number = row[10].as<std::int32_t>();
    found.state_since = time_of(row[11]);
  }
  if (!row[12].is_null()) {
    found.progress = {uuid_of(row[12]), row[13].as<int>(), row[14].as<int>(), row[15].as<bool>()};
  }
  if (!row[16].is_null()) {
    found.invitation = {uuid_of(row[16]), time_of(row[17]), time_of(row[18]),
                        time_or_none(row[19])};
  }
  if (row[20].is_null()) return found;
  for (auto const& each : lines_of(row[20])) {
    if (auto const id = certs::parse_uuid(each)) found.submissions.push_back(*id);
  }
  return found;
}

std::vector<appointment_row> rows_of(pqxx::result const& rows) {
  std::vector<appointment_row> list;
  list.reserve(rows.size());
  for (auto const& row : rows) list.push_back(row_of(row));
  return list;
}

}  // namespace

std::string_view to_string(appointment_state state) {
  return states.of(state);
}

std::optional<appointment_state> parse_appointment_state(std::string_view word) {
  return states.parse(word);
}

void add_appointment(pool& connections, appointment const& one) {
  write(connections, [&](session_scope const& scope) { insert_row(scope, one); });
}

bool change_appointment(pool& connections, appointment const& next) {
  return write(connections, [&](session_scope const& scope) { return update_row(scope, next); });
}

bool store_appointments(pool& connections, std::span<appointment const> rows,
                        std::function<void()> const& before_commit) {
  try {
    write(connections, [&](session_scope const& scope) {
      if (!scope.run(try_lock_list)[0][0].as<bool>()) throw was_slower{};
      for (auto const& row : rows) {
        if (row.revision == 1) {
          insert_row(scope, row);
        } else if (!update_row(scope, row)) {
          throw was_slower{};
        }
      }
      before_commit();
    });
  } catch (was_slower const&) {
    return false;
  } catch (statement_refused const& refusal) {
    if (refusal.sqlstate() != source_is_taken) throw;
    return false;
  }
  return true;
}

std::optional<appointment> find_appointment_by_source(pool& connections,
                                                      certs::hash256 const& source) {
  return read(connections, [&](session_scope const& scope) -> std::optional<appointment> {
    auto const rows = scope.run(select_by_source, binary(source));
    if (rows.empty()) return std::nullopt;
    return appointment_of(rows[0]);
  });
}

std::optional<appointment_row> find_appointment(pool& connections, certs::uuid id,
                                                certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) -> std::optional<appointment_row> {
    auto const rows = scope.run(select_appointment, microseconds(now), certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return row_of(rows[0]);
  });
}

std::vector<appointment_row> list_appointments(pool& connections, std::string_view location,
                                               certs::utc_time from, certs::utc_time to,
                                               certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) {
    return rows_of(scope.run(select_day, microseconds(now), std::string(location),
                             microseconds(from), microseconds(to)));
  });
}

std::vector<appointment_row> list_future_appointments(pool& connections, certs::utc_time from,
                                                      int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return rows_of(scope.run(select_future, microseconds(from), rows_max));
  });
}

std::vector<appointment> list_appointments_by_token(pool& connections,
                                                    certs::hash256 const& token) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<appointment> list;
    for (auto const& row : scope.run(select_by_token, binary(token))) {
      list.push_back(appointment_of(row));
    }
    return list;
  });
}

std::vector<std::pair<certs::uuid, certs::utc_time>> visit_times(
    pool& connections, std::span<certs::uuid const> submissions) {
  array_text wanted;
  for (auto const& id : submissions) wanted.add(id);
  return read(connections, [&](session_scope const& scope) {
    std::vector<std::pair<certs::uuid, certs::utc_time>> list;
    for (auto const& row : scope.run(select_visit_times, wanted.take())) {
      list.emplace_back(uuid_of(row[0]), time_of(row[1]));
    }
    return list;
  });
}

bool set_appointment_state(pool& connections, appointment_act const& act) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(insert_event, certs::to_string(act.appointment), act.seen_number,
                    std::string(states.of(act.to)), microseconds(act.at),
                    certs::to_string(act.actor))
               .affected_rows() == 1;
  });
}

bool undo_appointment_state(pool& connections, appointment_act const& act) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(insert_undo, certs::to_string(act.appointment), act.seen_number,
                    microseconds(act.at), certs::to_string(act.actor))
               .affected_rows() == 1;
  });
}

}  // namespace intake::db
