#include "db/appointment_acts.hpp"

#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<match_reason, 3> reasons{{"visit", "name", "staff"}};

// Without SELECT for the portal: a second row of the same pair says the same once more.
constexpr statement insert_match{
    "insert_appointment_match",
    "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at, actor) VALUES "
    "($1, $2, $3, $4, " INTAKE_TIME_OF("$5") ", nullif($6, '')::uuid)"};
// Forms for a visit that did not take place are free for the next one.
constexpr statement select_matched{
    "select_matched_submissions",
    "SELECT submission_id FROM (SELECT DISTINCT ON (appointment_id, submission_id) appointment_id, "
    "submission_id, act FROM appointment_match WHERE submission_id = ANY ($1::uuid[]) ORDER BY "
    "appointment_id, submission_id, number DESC) l WHERE act = 'match' AND coalesce((SELECT "
    "e.state FROM appointment_event e WHERE e.appointment_id = l.appointment_id ORDER BY e.number "
    "DESC LIMIT 1), '') <> 'no-show'"};
constexpr statement select_visits{
    "select_visits_of_submissions",
    "SELECT l.submission_id, a.id, a.location, " INTAKE_MICROSECONDS_OF(
        "a.starts_at") " FROM (SELECT DISTINCT ON (appointment_id, submission_id) appointment_id, "
                       "submission_id, act FROM appointment_match WHERE submission_id = ANY "
                       "($1::uuid[]) ORDER BY appointment_id, submission_id, number DESC) l JOIN "
                       "appointment a ON a.id = l.appointment_id WHERE l.act = 'match' ORDER BY "
                       "a.starts_at, a.id"};
constexpr statement insert_acknowledgement{
    "insert_acknowledgement",
    "INSERT INTO alert_acknowledgement (submission_id, alert, at, actor) VALUES ($1, "
    "$2, " INTAKE_TIME_OF("$3") ", $4) ON CONFLICT DO NOTHING"};
constexpr statement select_acknowledgements{
    "select_acknowledgements",
    "SELECT submission_id, alert, " INTAKE_MICROSECONDS_OF(
        "at") ", actor FROM alert_acknowledgement WHERE submission_id = ANY ($1::uuid[])"};

void add_match(pool& connections, appointment_match const& match, std::string const& act) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_match, certs::to_string(match.appointment), certs::to_string(match.submission),
              act, std::string(reasons.of(match.how)), microseconds(match.at),
              match.actor ? certs::to_string(*match.actor) : std::string());
  });
}

std::string array_of(std::span<certs::uuid const> ids) {
  array_text text;
  for (auto const& id : ids) text.add(id);
  return text.take();
}

}  // namespace

void match_appointment(pool& connections, appointment_match const& match) {
  add_match(connections, match, "match");
}

void part_appointment(pool& connections, appointment_match const& match) {
  add_match(connections, match, "part");
}

std::vector<certs::uuid> matched_submissions(pool& connections,
                                             std::span<certs::uuid const> submissions) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<certs::uuid> found;
    for (auto const& row : scope.run(select_matched, array_of(submissions))) {
      found.push_back(uuid_of(row[0]));
    }
    return found;
  });
}

void acknowledge_alert(pool& connections, acknowledgement const& seen) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_acknowledgement, certs::to_string(seen.submission), binary(seen.alert),
              microseconds(seen.at), certs::to_string(seen.actor));
  });
}

std::vector<acknowledgement> list_acknowledgements(pool& connections,
                                                   std::span<certs::uuid const> submissions) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<acknowledgement> found;
    for (auto const& row : scope.run(select_acknowledgements, array_of(submissions))) {
      found.push_back({uuid_of(row[0]), hash_of(row[1]), time_of(row[2]), uuid_of(row[3])});
    }
    return found;
  });
}

std::vector<visit_of_submission> visits_of(pool& connections,
                                           std::span<certs::uuid const> submissions) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<visit_of_submission> found;
    for (auto const& row : scope.run(select_visits, array_of(submissions))) {
      found.push_back(
          {uuid_of(row[0]), uuid_of(row[1]), row[2].as<std::string>(), time_of(row[3])});
    }
    return found;
  });
}

}  // namespace intake::db
