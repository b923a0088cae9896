#include "db/retention.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

// Whether the patient of submission s was there since $1; $2 is the kind of token that names one.
#define INTAKE_VERSION_SINCE "v.received >= " INTAKE_TIME_OF("$1")
#define INTAKE_VISIT_SINCE "a.starts_at >= " INTAKE_TIME_OF("$1")
#define INTAKE_SEEN_SINCE                                                                       \
  "(EXISTS (SELECT FROM submission_version v WHERE v.submission_id = s.id "                     \
  "AND " INTAKE_VERSION_SINCE                                                                   \
  ") OR EXISTS (SELECT FROM search_token mine "                                                 \
  "JOIN search_token same ON same.kind = mine.kind AND same.token = mine.token "                \
  "JOIN submission_version v ON v.submission_id = same.submission_id "                          \
  "WHERE mine.submission_id = s.id AND mine.kind = $2 AND " INTAKE_VERSION_SINCE                \
  ") OR EXISTS (SELECT FROM search_token mine JOIN appointment a ON a.token = mine.token "      \
  "WHERE mine.submission_id = s.id AND mine.kind = $2 AND " INTAKE_VISIT_SINCE                  \
  ") OR EXISTS (SELECT FROM appointment_match m JOIN appointment a ON a.id = m.appointment_id " \
  "WHERE m.submission_id = s.id AND " INTAKE_VISIT_SINCE "))"
#define INTAKE_IS_HELD \
  "EXISTS (SELECT FROM legal_hold h WHERE h.submission_id = s.id AND h.released IS NULL)"

constexpr statement select_due{
    "select_records_due",
    "SELECT s.id FROM submission s WHERE s.received < " INTAKE_TIME_OF(
        "$1") " AND EXISTS (SELECT FROM wrapped_key k WHERE k.submission_id = s.id) AND "
              "NOT " INTAKE_IS_HELD " AND NOT " INTAKE_SEEN_SINCE
              " ORDER BY s.received, s.id LIMIT $3"};
constexpr statement insert_purge{
    "insert_purge",
    "INSERT INTO purge (id, proposed, actor, older_than) VALUES ($1, " INTAKE_TIME_OF(
        "$2") ", $3, " INTAKE_TIME_OF("$4") ")"};
constexpr statement insert_purge_records{
    "insert_purge_records",
    "INSERT INTO purge_record (purge_id, submission_id) SELECT $1, unnest($2::uuid[])"};
constexpr statement select_purges{
    "select_purges",
    "SELECT p.id, " INTAKE_MICROSECONDS_OF("p.proposed") ", p.actor, " INTAKE_MICROSECONDS_OF(
        "p.older_than") ", " INTAKE_MICROSECONDS_OF("p.done") ", (SELECT count(*) FROM "
                        "purge_record r WHERE r.purge_id = p.id), (SELECT count(*) FROM "
                        "purge_approval a JOIN account c ON c.id = a.approver WHERE a.purge_id = "
                        "p.id AND c.disabled IS NULL AND c.role IN ('manager', 'administrator')) "
                        "FROM purge p "
                        "ORDER BY p.proposed DESC, p.id"};
constexpr statement select_purge_records{
    "select_purge_records",
    "SELECT submission_id FROM purge_record WHERE purge_id = $1 ORDER BY submission_id"};
constexpr statement insert_purge_approval{
    "insert_purge_approval",
    "INSERT INTO purge_approval (purge_id, approver, approved) VALUES ($1, $2, " INTAKE_TIME_OF(
        "$3") ") ON CONFLICT DO NOTHING"};
constexpr statement select_candidates{
    "select_purge_candidates",
    "SELECT s.id FROM purge p JOIN purge_record r ON r.purge_id = p.id JOIN submission s ON s.id = "
    "r.submission_id WHERE p.id = $1 AND p.done IS NULL AND NOT " INTAKE_IS_HELD};
// As sets, not row by row: search_token has no index by submission, because each entry of one would
// cost every submission, so that looking for one record's tokens reads them all.
constexpr statement select_destructible{
    "select_destructible",
    "WITH mine AS MATERIALIZED (SELECT token, submission_id FROM search_token WHERE kind = $2 AND "
    "submission_id = ANY ($3::uuid[])) "
    "SELECT id FROM unnest($3::uuid[]) id EXCEPT ("
    "SELECT v.submission_id FROM submission_version v WHERE v.submission_id = ANY ($3::uuid[]) "
    "AND " INTAKE_VERSION_SINCE
    " UNION ALL SELECT mine.submission_id FROM mine JOIN search_token same ON same.kind = $2 AND "
    "same.token = mine.token JOIN submission_version v ON v.submission_id = same.submission_id "
    "WHERE " INTAKE_VERSION_SINCE
    " UNION ALL SELECT mine.submission_id FROM mine JOIN appointment a ON a.token = mine.token "
    "WHERE " INTAKE_VISIT_SINCE
    " UNION ALL SELECT m.submission_id FROM appointment_match m JOIN appointment a ON a.id = "
    "m.appointment_id WHERE m.submission_id = ANY ($3::uuid[]) AND " INTAKE_VISIT_SINCE
    ") ORDER BY id"};
constexpr statement select_older_than{
    "select_older_than",
    "SELECT " INTAKE_MICROSECONDS_OF("older_than") " FROM purge WHERE id = $1 AND done IS NULL"};
constexpr statement delete_keys{"delete_wrapped_keys",
                                "DELETE FROM wrapped_key WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement delete_eligibility_keys{
    "delete_eligibility_keys",
    "DELETE FROM eligibility_key WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement delete_line_batches{
    "delete_line_batches",
    "DELETE FROM eligibility_batch WHERE over_line AND id IN (SELECT batch_id FROM "
    "eligibility_inquiry WHERE submission_id = ANY ($1::uuid[]))"};
// They hold several people's: while anybody's record is held, they stay.
#define INTAKE_NOBODY_IS_HELD "NOT EXISTS (SELECT FROM legal_hold h WHERE h.released IS NULL)"
constexpr statement delete_batches{"delete_eligibility_batches",
                                   "DELETE FROM eligibility_batch WHERE created < " INTAKE_TIME_OF(
                                       "$1") " AND " INTAKE_NOBODY_IS_HELD};
constexpr statement delete_files{"delete_eligibility_files",
                                 "DELETE FROM eligibility_file WHERE received < " INTAKE_TIME_OF(
                                     "$1") " AND " INTAKE_NOBODY_IS_HELD};
// Visits of these patients before the purge's time. One that is also somebody's whose record stays
// is left: the other record with that name and birth date may be another person's.
constexpr statement select_visits{
    "select_visits_to_destroy",
    "SELECT a.id FROM appointment a WHERE a.starts_at < " INTAKE_TIME_OF("$1")
    " AND (EXISTS (SELECT FROM search_token t WHERE t.kind = $2 AND t.token = a.token AND "
    "t.submission_id = ANY ($3::uuid[])) OR EXISTS (SELECT FROM appointment_match m WHERE "
    "m.appointment_id = a.id AND m.submission_id = ANY ($3))) AND NOT EXISTS (SELECT FROM "
    "appointment_match m JOIN wrapped_key k ON k.submission_id = m.submission_id WHERE "
    "m.appointment_id = a.id AND m.submission_id <> ALL ($3)) AND NOT EXISTS (SELECT FROM "
    "search_token t JOIN wrapped_key k ON k.submission_id = t.submission_id WHERE t.kind = $2 AND "
    "t.token = a.token AND t.submission_id <> ALL ($3))"};
#define INTAKE_OF_VISITS "appointment_id = ANY ($1::uuid[])"
#define INTAKE_OF_VISITS_OR_RECORDS INTAKE_OF_VISITS " OR submission_id = ANY ($2::uuid[])"
constexpr statement delete_deliveries{"delete_deliveries",
                                      "DELETE FROM delivery WHERE invitation_id IN (SELECT id FROM "
                                      "invitation WHERE " INTAKE_OF_VISITS_OR_RECORDS ")"};
constexpr statement delete_invitations{"delete_invitations",
                                       "DELETE FROM invitation WHERE " INTAKE_OF_VISITS_OR_RECORDS};
constexpr statement delete_decisions{
    "delete_appointment_decisions",
    "DELETE FROM appointment_decision WHERE " INTAKE_OF_VISITS_OR_RECORDS};
constexpr statement delete_matches{
    "delete_appointment_matches",
    "DELETE FROM appointment_match WHERE " INTAKE_OF_VISITS_OR_RECORDS};
constexpr statement delete_events{"delete_appointment_events",
                                  "DELETE FROM appointment_event WHERE " INTAKE_OF_VISITS};
constexpr statement delete_visits{"delete_appointments",
                                  "DELETE FROM appointment WHERE id = ANY ($1::uuid[])"};
constexpr statement insert_destroyed{
    "insert_purge_destroyed",
    "INSERT INTO purge_destroyed (purge_id, submission_id) SELECT $1, unnest($2::uuid[]) ON "
    "CONFLICT DO NOTHING"};
constexpr statement delete_tokens{
    "delete_search_tokens", "DELETE FROM search_token WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement delete_settlements{
    "delete_settlements", "DELETE FROM settlement WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement delete_scans{
    "delete_settlement_scans",
    "DELETE FROM settlement_scan WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement delete_acts{"delete_record_acts",
                                "DELETE FROM record_act WHERE submission_id = ANY ($1::uuid[])"};
constexpr statement finish_purge{"finish_purge",
                                 "UPDATE purge SET done = " INTAKE_TIME_OF("$2") " WHERE id = $1"};
constexpr statement select_hold{
    "select_hold", "SELECT 1 FROM legal_hold WHERE submission_id = $1 AND released IS NULL"};
constexpr statement insert_hold{
    "insert_hold",
    "INSERT INTO legal_hold (submission_id, placed, actor, reason) SELECT $1, " INTAKE_TIME_OF(
        "$2") ", $3, $4 WHERE NOT EXISTS (SELECT FROM legal_hold h WHERE h.submission_id = $1 AND "
              "h.released IS NULL)"};
constexpr statement update_hold{"update_hold",
                                "UPDATE legal_hold SET released = " INTAKE_TIME_OF(
                                    "$2") " WHERE submission_id = $1 AND released IS NULL"};

std::vector<certs::uuid> ids_of(pqxx::result const& rows) {
  std::vector<certs::uuid> ids;
  for (auto const& row : rows) ids.push_back(uuid_of(row[0]));
  return ids;
}

/// Before the search tokens go, by which a patient's visits are found.
void destroy_visits(session_scope const& scope, long long older_than, std::int16_t patient_token,
                    std::vector<certs::uuid> const& records) {
  auto const ids = to_array(records);
  auto const visits = to_array(ids_of(scope.run(select_visits, older_than, patient_token, ids)));
  for (auto const& each :
       {delete_deliveries, delete_invitations, delete_decisions, delete_matches}) {
    scope.run(each, visits, ids);
  }
  scope.run(delete_events, visits);
  scope.run(delete_visits, visits);
}

}  // namespace

std::vector<certs::uuid> records_due(pool& connections, certs::utc_time older_than,
                                     std::int16_t patient_token, int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return ids_of(scope.run(select_due, microseconds(older_than), patient_token, rows_max));
  });
}

void propose_purge(pool& connections, purge const& proposed,
                   std::vector<certs::uuid> const& records) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_purge, certs::to_string(proposed.id), microseconds(proposed.proposed),
              proposed.actor, microseconds(proposed.older_than));
    scope.run(insert_purge_records, certs::to_string(proposed.id), to_array(records));
  });
}

std::vector<purge> list_purges(pool& connections) {
  auto const rows =
      read(connections, [](session_scope const& scope) { return scope.run(select_purges); });
  std::vector<purge> purges;
  for (auto const& row : rows) {
    purges.push_back({.id = uuid_of(row[0]),
                      .proposed = time_of(row[1]),
                      .actor = row[2].as<std::string>(),
                      .older_than = time_of(row[3]),
                      .done = row[4].is_null() ? std::nullopt : std::optional(time_of(row[4])),
                      .records = row[5].as<std::int64_t>(),
                      .approvals = row[6].as<std::int64_t>()});
  }
  return purges;
}

std::vector<certs::uuid> purge_records(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) {
    return ids_of(scope.run(select_purge_records, certs::to_string(id)));
  });
}

bool approve_purge(pool& connections, certs::uuid id, certs::uuid approver, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(insert_purge_approval, certs::to_string(id), certs::to_string(approver),
                    microseconds(now))
               .affected_rows() == 1;
  });
}

std::vector<certs::uuid> destroy_keys(pool& connections, certs::uuid id, std::int16_t patient_token,
                                      certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    auto const name = certs::to_string(id);
    auto const open = scope.run(select_older_than, name);
    if (open.empty()) return std::vector<certs::uuid>{};
    auto const older_than = open[0][0].as<long long>();
    auto const candidates = to_array(ids_of(scope.run(select_candidates, name)));
    auto const records =
        ids_of(scope.run(select_destructible, older_than, patient_token, candidates));
    destroy_visits(scope, older_than, patient_token, records);
    for (auto const& each : {delete_keys, delete_eligibility_keys, delete_line_batches,
                             delete_tokens, delete_settlements, delete_scans, delete_acts}) {
      scope.run(each, to_array(records));
    }
    scope.run(delete_batches, older_than);
    scope.run(delete_files, older_than);
    scope.run(insert_destroyed, name, to_array(records));
    scope.run(finish_purge, name, microseconds(now));
    return records;
  });
}

bool is_held(pool& connections, certs::uuid submission) {
  return read(connections, [&](session_scope const& scope) {
    return !scope.run(select_hold, certs::to_string(submission)).empty();
  });
}

bool place_hold(pool& connections, certs::uuid submission, std::string const& actor,
                std::string const& reason, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(insert_hold, certs::to_string(submission), microseconds(now), actor, reason)
               .affected_rows() == 1;
  });
}

bool release_hold(pool& connections, certs::uuid submission, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(update_hold, certs::to_string(submission), microseconds(now))
               .affected_rows() == 1;
  });
}

}  // namespace intake::db
