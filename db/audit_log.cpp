#include "db/audit_log.hpp"

#include "db/audit_rows.hpp"
#include "db/errors.hpp"
#include "db/names.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement select_subject_events{
    "select_subject_events",
    "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
    "WHERE (e.chain, e.number) IN ("
    "SELECT chain, number FROM audit_event WHERE record IS NULL AND subject = $1 "
    "UNION SELECT chain, number FROM audit_event WHERE shown @> ARRAY[$1::uuid] "
    "UNION SELECT chain, number FROM submission_version WHERE submission_id = $1) "
    "ORDER BY e.at DESC, e.chain, e.number DESC LIMIT $2"};

constexpr statement select_actor_events{
    "select_actor_events", "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
                           "WHERE e.record IS NULL AND e.actor = $1 AND e.at "
                           ">= " INTAKE_TIME_OF("$2") " AND e.at < " INTAKE_TIME_OF(
                               "$3") " ORDER BY e.at DESC, e.chain, e.number DESC LIMIT $4"};

constexpr statement select_content_events{
    "select_content_events", "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
                             "WHERE e.content = $1 ORDER BY e.at, e.chain, e.number LIMIT $2"};

constexpr enum_names<audit_fault, 18> sentences{{
    "the entry was changed",
    "the entry is missing",
    "the entry was added behind the chain's head",
    "the entry's time is before its predecessor's",
    "the end of the chain was cut off",
    "the chain's head was changed",
    "the chain has no head",
    "the submission that the entry speaks of is missing",
    "the submission was changed after it was stored",
    "the submission is not in the audit trail",
    "the submission's key is gone, and no purge destroyed it",
    "from here on, the trail is not the one of which a head was kept outside",
    "from here on, entries are missing of which a head was kept outside",
    "the submission's data key does not open it",
    "a data key belongs to no submission",
    "what the submission is found by was changed",
    "the record is held as the trail says, and the hold is gone",
    "the trail knows nothing of a purge or of an approval of it",
}};

std::vector<audit_event> events(pqxx::result const& rows) {
  std::vector<audit_event> list;
  list.reserve(rows.size());
  for (auto const& row : rows) list.push_back(event_of(row).event);
  return list;
}

std::optional<certs::hash256> hash_if_any(pqxx::field const& field) {
  return field.is_null() ? std::nullopt : std::optional(hash_of(field));
}

std::vector<certs::uuid> uuids_of(pqxx::field const& field) {
  std::vector<certs::uuid> ids;
  for (auto const& line : lines_of(field)) {
    // One that is none was put there by somebody, and its entry's link fits no more.
    ids.push_back(certs::parse_uuid(line).value_or(certs::uuid{}));
  }
  return ids;
}

audit_entry entry_of(pqxx::row const& row) {
  auto const who = parse_actor_kind(row[5].c_str());
  auto const outcome = parse_audit_outcome(row[7].c_str());
  if (!who || !outcome) throw unavailable("the audit trail holds what its schema forbids");
  audit_entry entry;
  entry.action = row[4].as<std::string>();
  entry.who = *who;
  entry.actor = row[6].as<std::string>();
  entry.outcome = *outcome;
  if (!row[8].is_null()) entry.subject = uuid_of(row[8]);
  entry.version = row[9].as<std::int32_t>();
  entry.shown = uuids_of(row[10]);
  entry.purpose = row[11].as<std::string>();
  entry.request_id = row[12].as<std::string>();
  entry.address = row[13].as<std::string>();
  entry.content = hash_if_any(row[14]);
  return entry;
}

}  // namespace

std::string_view to_string(audit_fault fault) {
  return sentences.of(fault);
}

stored_event event_of(pqxx::row const& row) {
  return {.event = {.chain = row[2].is_null() ? std::string() : row[2].as<std::string>(),
                    .number = row[1].as<std::int64_t>(),
                    .at = time_of(row[3]),
                    .entry = entry_of(row)},
          .record = hash_if_any(row[15]),
          .link = hash_of(row[16])};
}

std::vector<audit_event> events_of_subject(pool& connections, certs::uuid subject, int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return events(scope.run(select_subject_events, certs::to_string(subject), rows_max));
  });
}

std::vector<audit_event> events_of_actor(pool& connections, std::string_view actor,
                                         certs::utc_time from, certs::utc_time until,
                                         int rows_max) {
  if (!is_text(actor)) return {};
  return read(connections, [&](session_scope const& scope) {
    return events(scope.run(select_actor_events, std::string(actor), microseconds(from),
                            microseconds(until), rows_max));
  });
}

std::vector<audit_event> events_of_content(pool& connections, certs::hash256 const& content,
                                           int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return events(scope.run(select_content_events, binary(content), rows_max));
  });
}

}  // namespace intake::db
