#include "db/invitations.hpp"

#include "db/errors.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

constexpr enum_names<invitation_purpose, 3> purposes{{"packet", "device", "correction"}};

#define INTAKE_INVITATION_COLUMNS \
  "SELECT id, purpose, selector, verifier_hash, appointment_id, submission_id, draft_id, "      \
  "kek_id, wrapped, content, tries, " INTAKE_MICROSECONDS_OF("created") ", actor, "             \
  INTAKE_MICROSECONDS_OF("expires") ", " INTAKE_MICROSECONDS_OF("opened") ", "                  \
  INTAKE_MICROSECONDS_OF("received") ", " INTAKE_MICROSECONDS_OF("revoked") " FROM invitation "

constexpr statement insert_invitation{
    "insert_invitation",
    "INSERT INTO invitation (id, purpose, selector, verifier_hash, appointment_id, submission_id, "
    "kek_id, wrapped, content, created, actor, expires) VALUES ($1, $2, $3, $4, nullif($5, "
    "'')::uuid, nullif($6, '')::uuid, $7, $8, $9, " INTAKE_TIME_OF(
        "$10") ", nullif($11, '')::uuid, " INTAKE_TIME_OF("$12") ")"};
constexpr statement revoke{
    "revoke_invitations",
    "UPDATE invitation SET revoked = " INTAKE_TIME_OF(
        "$3") " WHERE appointment_id = $1 AND purpose = $2 AND revoked IS NULL"};
constexpr statement revoke_one{
    "revoke_invitation",
    "UPDATE invitation SET revoked = " INTAKE_TIME_OF("$2") " WHERE id = $1 AND revoked IS NULL"};
constexpr statement select_by_id{"select_invitation_by_id",
                                 INTAKE_INVITATION_COLUMNS "WHERE id = $1"};
constexpr statement select_newest{"select_invitations", INTAKE_INVITATION_COLUMNS
                                  "WHERE purpose <> 'device' ORDER BY created DESC, id LIMIT $1"};
constexpr statement select_corrections{"select_corrections", INTAKE_INVITATION_COLUMNS
                                       "WHERE submission_id = $1 ORDER BY created DESC, id"};
constexpr statement select_one{"select_invitation",
                               INTAKE_INVITATION_COLUMNS "WHERE selector = $1"};
constexpr statement update_invitation_tries{
    "update_invitation_tries",
    "UPDATE invitation SET tries = tries + 1 WHERE id = $1 RETURNING tries"};
constexpr statement update_opened{
    "update_invitation_opened",
    "UPDATE invitation SET tries = 0, draft_id = $2, opened = coalesce(opened, " INTAKE_TIME_OF(
        "$3") ") WHERE id = $1"};
constexpr statement update_received{
    "update_invitation_received",
    "UPDATE invitation SET received = " INTAKE_TIME_OF("$2") " WHERE id = $1"};

std::string or_empty(std::optional<certs::uuid> const& id) {
  return id ? certs::to_string(*id) : std::string();
}

std::optional<certs::uuid> uuid_or_none(pqxx::field const& field) {
  return field.is_null() ? std::nullopt : std::optional(uuid_of(field));
}

std::optional<certs::utc_time> time_or_none(pqxx::field const& field) {
  return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

invitation invitation_of(pqxx::row const& row) {
  invitation found;
  found.id = uuid_of(row[0]);
  auto const purpose = purposes.parse(row[1].c_str());
  auto const selector = bytes_of(row[2]);
  if (!purpose || selector.size() != found.selector.size()) {
    throw unavailable("the database holds an invitation that its schema forbids");
  }
  found.purpose = *purpose;
  std::ranges::copy(selector, found.selector.begin());
  found.verifier_hash = hash_of(row[3]);
  found.appointment = uuid_or_none(row[4]);
  found.submission = uuid_or_none(row[5]);
  found.draft = uuid_or_none(row[6]);
  found.key = {row[7].as<std::string>(), bytes_of(row[8])};
  found.content = bytes_of(row[9]);
  found.tries = row[10].as<std::int32_t>();
  found.created = time_of(row[11]);
  found.actor = uuid_or_none(row[12]);
  found.expires = time_of(row[13]);
  found.opened = time_or_none(row[14]);
  found.received = time_or_none(row[15]);
  found.revoked = time_or_none(row[16]);
  return found;
}

std::vector<invitation> invitations_of(pqxx::result const& rows) {
  std::vector<invitation> list;
  for (auto const& row : rows) list.push_back(invitation_of(row));
  return list;
}

}  // namespace

void add_invitation(pool& connections, invitation const& made) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_invitation, certs::to_string(made.id), std::string(purposes.of(made.purpose)),
              binary(made.selector), binary(made.verifier_hash), or_empty(made.appointment),
              or_empty(made.submission), made.key.kek_id, binary(made.key.value),
              binary(made.content), microseconds(made.created), or_empty(made.actor),
              microseconds(made.expires));
  });
}

void revoke_invitations(pool& connections, certs::uuid appointment, invitation_purpose purpose,
                        certs::utc_time now) {
  write(connections, [&](session_scope const& scope) {
    scope.run(revoke, certs::to_string(appointment), std::string(purposes.of(purpose)),
              microseconds(now));
  });
}

std::vector<invitation> list_invitations(pool& connections, int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return invitations_of(scope.run(select_newest, rows_max));
  });
}

std::optional<invitation> find_invitation_by_id(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<invitation> {
    auto const rows = scope.run(select_by_id, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return invitation_of(rows[0]);
  });
}

void revoke_invitation(pool& connections, certs::uuid id, certs::utc_time now) {
  write(connections, [&](session_scope const& scope) {
    scope.run(revoke_one, certs::to_string(id), microseconds(now));
  });
}

std::vector<invitation> list_corrections(pool& connections, certs::uuid submission) {
  return read(connections, [&](session_scope const& scope) {
    return invitations_of(scope.run(select_corrections, certs::to_string(submission)));
  });
}

std::optional<invitation> find_invitation(pool& connections, invitation_selector const& selector) {
  return read(connections, [&](session_scope const& scope) -> std::optional<invitation> {
    auto const rows = scope.run(select_one, binary(selector));
    if (rows.empty()) return std::nullopt;
    return invitation_of(rows[0]);
  });
}

int count_invitation_try(pool& connections, certs::uuid id) {
  return write(connections, [&](session_scope const& scope) {
    auto const rows = scope.run(update_invitation_tries, certs::to_string(id));
    return rows.empty() ? 0 : rows[0][0].as<int>();
  });
}

void open_invitation(pool& connections, certs::uuid id, certs::uuid draft, certs::utc_time now) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_opened, certs::to_string(id), certs::to_string(draft), microseconds(now));
  });
}

void mark_invitation_received(pool& connections, certs::uuid id, certs::utc_time now) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_received, certs::to_string(id), microseconds(now));
  });
}

}  // namespace intake::db
