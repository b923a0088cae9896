#include "db/drafts.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_DRAFT_COLUMNS \
  "SELECT id, session_hash, code_hash, tries, revision, kek_id, wrapped, "                     \
  "content, " INTAKE_MICROSECONDS_OF("expires") ", appointment_id, forms_done, forms_asked, "  \
  INTAKE_MICROSECONDS_OF("session_ends") ", " INTAKE_MICROSECONDS_OF("help_asked")             \
  " FROM draft WHERE "
#define INTAKE_TIME_OR_NONE(parameter) INTAKE_TIME_OF("nullif(" parameter "::bigint, 0)")

constexpr statement insert_draft{
    "insert_draft",
    "INSERT INTO draft (id, session_hash, code_hash, revision, kek_id, wrapped, content, expires, "
    "appointment_id, forms_done, forms_asked, session_ends) VALUES ($1, $2, nullif($3, "
    "''::bytea), $4, $5, $6, $7, " INTAKE_TIME_OF(
        "$8") ", nullif($9, '')::uuid, $10, $11, " INTAKE_TIME_OR_NONE("$12") ")"};
constexpr statement select_draft{
    "select_draft",
    INTAKE_DRAFT_COLUMNS "session_hash = $1 AND expires > " INTAKE_TIME_OF(
        "$2") " AND (session_ends IS NULL OR session_ends > " INTAKE_TIME_OF("$2") ")"};
constexpr statement select_draft_by_id{
    "select_draft_by_id", INTAKE_DRAFT_COLUMNS "id = $1 AND expires > " INTAKE_TIME_OF("$2")};
constexpr statement select_of_appointment{
    "select_draft_of_appointment", INTAKE_DRAFT_COLUMNS
    "appointment_id = $1 AND expires > " INTAKE_TIME_OF("$2") " ORDER BY id DESC LIMIT 1"};
constexpr statement select_handed_over{
    "select_drafts_handed_over", INTAKE_DRAFT_COLUMNS
    "help_asked IS NOT NULL AND expires > " INTAKE_TIME_OF("$1") " AND (help_asked, id) < "
    "(" INTAKE_TIME_OF("$2") ", $3::uuid) ORDER BY help_asked DESC, id DESC LIMIT $4"};
constexpr statement select_draft_by_code{"select_draft_by_code", INTAKE_DRAFT_COLUMNS
                                         "code_hash = $1 AND expires > " INTAKE_TIME_OF("$2")};
constexpr statement update_draft{
    "update_draft",
    "UPDATE draft SET code_hash = nullif($2, ''::bytea), revision = $3, kek_id = $4, wrapped = $5, "
    "content = $6, "
    "expires = " INTAKE_TIME_OF("$7") ", forms_done = $8, forms_asked = $9, "
    "help_asked = " INTAKE_TIME_OR_NONE("$10")
    " WHERE id = $1 AND revision = $3 - 1"};
constexpr statement update_session_ends{
    "update_draft_session_ends",
    "UPDATE draft SET session_ends = " INTAKE_TIME_OF("$2") " WHERE id = $1"};
constexpr statement update_draft_tries{
    "update_draft_tries", "UPDATE draft SET tries = tries + 1 WHERE id = $1 RETURNING tries"};
constexpr statement update_session{
    "update_draft_session",
    "UPDATE draft SET session_hash = $2, tries = 0, session_ends = " INTAKE_TIME_OR_NONE(
        "$3") " WHERE id = $1"};
constexpr statement delete_draft{"delete_draft", "DELETE FROM draft WHERE id = $1"};
constexpr statement delete_expired{"delete_expired_drafts",
                                   "DELETE FROM draft WHERE expires <= " INTAKE_TIME_OF("$1")};

#undef INTAKE_DRAFT_COLUMNS
#undef INTAKE_TIME_OR_NONE

draft draft_of(pqxx::row const& row) {
  draft found;
  found.id = uuid_of(row[0]);
  found.session_hash = hash_of(row[1]);
  if (!row[2].is_null()) found.code_hash = hash_of(row[2]);
  found.tries = row[3].as<std::int32_t>();
  found.revision = row[4].as<std::int32_t>();
  found.key = {row[5].as<std::string>(), bytes_of(row[6])};
  found.content = bytes_of(row[7]);
  found.expires = time_of(row[8]);
  if (!row[9].is_null()) found.appointment = uuid_of(row[9]);
  found.forms_done = row[10].as<std::int16_t>();
  found.forms_asked = row[11].as<std::int16_t>();
  if (!row[12].is_null()) found.session_ends = time_of(row[12]);
  if (!row[13].is_null()) found.help_asked = time_of(row[13]);
  return found;
}

std::optional<draft> find_with(pool& connections, statement const& what, certs::hash256 const& hash,
                               certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) -> std::optional<draft> {
    auto const rows = scope.run(what, binary(hash), db::microseconds(now));
    if (rows.empty()) return std::nullopt;
    return draft_of(rows[0]);
  });
}

/// libpqxx sends no null in binary: an empty text stands for "none", and the statements know it.
pqxx::binarystring code_of(draft const& one) {
  return one.code_hash ? binary(*one.code_hash) : binary({});
}

std::string appointment_of(draft const& one) {
  return one.appointment ? certs::to_string(*one.appointment) : std::string();
}

long long or_none(std::optional<certs::utc_time> const& time) {
  return time ? db::microseconds(*time) : 0;
}

}  // namespace

void start_draft(pool& connections, draft const& started) {
  auto const code = code_of(started);
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_draft, certs::to_string(started.id), binary(started.session_hash), code,
              started.revision, started.key.kek_id, binary(started.key.value),
              binary(started.content), db::microseconds(started.expires), appointment_of(started),
              started.forms_done, started.forms_asked, or_none(started.session_ends));
  });
}

std::optional<draft> find_draft(pool& connections, certs::hash256 const& session_hash,
                                certs::utc_time now) {
  return find_with(connections, select_draft, session_hash, now);
}

std::optional<draft> find_draft_by_code(pool& connections, certs::hash256 const& code_hash,
                                        certs::utc_time now) {
  return find_with(connections, select_draft_by_code, code_hash, now);
}

std::optional<draft> find_draft_by_id(pool& connections, certs::uuid const& id,
                                      certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) -> std::optional<draft> {
    auto const rows = scope.run(select_draft_by_id, certs::to_string(id), db::microseconds(now));
    if (rows.empty()) return std::nullopt;
    return draft_of(rows[0]);
  });
}

std::optional<draft> find_draft_of_appointment(pool& connections, certs::uuid const& appointment,
                                               certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) -> std::optional<draft> {
    auto const rows =
        scope.run(select_of_appointment, certs::to_string(appointment), db::microseconds(now));
    if (rows.empty()) return std::nullopt;
    return draft_of(rows[0]);
  });
}

std::vector<draft> list_drafts_handed_over(pool& connections, certs::utc_time now,
                                           std::optional<page_mark> after, int rows_max) {
  auto const mark = after.value_or(first_page);
  return read(connections, [&](session_scope const& scope) {
    std::vector<draft> list;
    for (auto const& row :
         scope.run(select_handed_over, db::microseconds(now), db::microseconds(mark.first_received),
                   certs::to_string(mark.id), rows_max))
      list.push_back(draft_of(row));
    return list;
  });
}

bool save_draft(pool& connections, draft const& next) {
  auto const code = code_of(next);
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(update_draft, certs::to_string(next.id), code, next.revision, next.key.kek_id,
                    binary(next.key.value), binary(next.content), db::microseconds(next.expires),
                    next.forms_done, next.forms_asked, or_none(next.help_asked))
               .affected_rows() == 1;
  });
}

int count_draft_try(pool& connections, certs::uuid const& id) {
  return write(connections, [&](session_scope const& scope) {
    auto const rows = scope.run(update_draft_tries, certs::to_string(id));
    return rows.empty() ? 0 : rows[0][0].as<int>();
  });
}

void keep_draft_session(pool& connections, certs::uuid const& id, certs::utc_time session_ends) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_session_ends, certs::to_string(id), db::microseconds(session_ends));
  });
}

void hand_over_draft(pool& connections, certs::uuid const& id, certs::hash256 const& session_hash,
                     std::optional<certs::utc_time> session_ends) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_session, certs::to_string(id), binary(session_hash), or_none(session_ends));
  });
}

void remove_draft(pool& connections, certs::uuid const& id) {
  write(connections,
        [&](session_scope const& scope) { scope.run(delete_draft, certs::to_string(id)); });
}

int remove_expired_drafts(pool& connections, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return static_cast<int>(scope.run(delete_expired, db::microseconds(now)).affected_rows());
  });
}

}  // namespace intake::db
