#include "db/eligibility_requests.hpp"

#include "db/eligibility_rows.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<request_reason, 5> reasons{
    {"demand", "client", "submission", "again", "ahead"}};
constexpr enum_names<request_state, 5> request_states{
    {"queued", "asking", "answered", "failed", "dropped"}};

#define INTAKE_REQUEST_COLUMNS \
  "r.number, r.submission_id, r.coverage, r.reason, r.service_date, " \
  "r.actor, " \
  INTAKE_MICROSECONDS_OF("r.created") ", " INTAKE_MICROSECONDS_OF("r.not_before")                 \
  ", r.off_peak, r.state, r.attempts, " INTAKE_MICROSECONDS_OF("r.taken")                         \
  ", r.inquiry_id, r.fault, r.detail"
#define INTAKE_URGENCY(column) \
  "array_position(ARRAY['demand', 'client', 'submission', 'again', 'ahead'], " column ")"

constexpr statement insert_request{
    "insert_eligibility_request",
    "INSERT INTO eligibility_request AS r (submission_id, coverage, reason, service_date, actor, "
    "created, not_before, off_peak, state) VALUES ($1, $2, $3, nullif($4, '')::date, nullif($5, "
    "'')::uuid, " INTAKE_TIME_OF("$6") ", " INTAKE_TIME_OF(
        "$7") ", $8, 'queued') ON CONFLICT (submission_id, coverage) WHERE state IN ('queued', "
              "'asking') DO UPDATE SET reason = excluded.reason, actor = excluded.actor, "
              "not_before = least(r.not_before, excluded.not_before), off_peak = r.off_peak AND "
              "excluded.off_peak WHERE r.state = 'queued' AND " INTAKE_URGENCY(
                  "excluded.reason") " < " INTAKE_URGENCY("r.reason")};
// What is due, or was taken by somebody who must be dead by now …
#define INTAKE_DUE \
  "((q.state = 'queued' AND q.not_before <= " INTAKE_TIME_OF("$1") " AND (NOT q.off_peak OR " \
  "$2)) OR (q.state = 'asking' AND q.taken <= " INTAKE_TIME_OF("$3") "))"
// … and was not asked lately without an answer …
#define INTAKE_SILENT \
  "NOT EXISTS (SELECT FROM eligibility_inquiry i WHERE i.submission_id = q.submission_id AND " \
  "i.coverage = q.coverage AND i.created > " INTAKE_TIME_OF("$4") " AND NOT EXISTS (SELECT "   \
  "FROM eligibility_check c WHERE c.inquiry_id = i.id))"
// … while fewer than the limit were asked in the last minute.
#define INTAKE_BELOW_RATE \
  "(SELECT count(*) FROM eligibility_inquiry WHERE created > " INTAKE_TIME_OF("$5") ") < $6"
constexpr statement take_due_request{
    "take_eligibility_request",
    "UPDATE eligibility_request r SET state = 'asking', attempts = r.attempts + 1, taken "
    "= " INTAKE_TIME_OF("$1")
    " FROM (SELECT q.number FROM eligibility_request q WHERE " INTAKE_DUE " AND " INTAKE_SILENT
    " AND " INTAKE_BELOW_RATE " ORDER BY " INTAKE_URGENCY("q.reason")
    ", q.number LIMIT 1 FOR UPDATE SKIP LOCKED) due WHERE r.number = due.number "
    "RETURNING " INTAKE_REQUEST_COLUMNS};
#define INTAKE_MINE " WHERE number = $1 AND state = 'asking' AND attempts = $2"
constexpr statement update_inquiry{"note_request_inquiry",
                                   "UPDATE eligibility_request SET inquiry_id = $3" INTAKE_MINE};
constexpr statement update_end{
    "end_eligibility_request",
    "UPDATE eligibility_request SET state = $3, fault = $4, detail = $5" INTAKE_MINE};
constexpr statement update_back{
    "put_back_eligibility_request",
    "UPDATE eligibility_request SET state = 'queued', not_before = " INTAKE_TIME_OF(
        "$3") ", fault = $4, detail = $5" INTAKE_MINE};
constexpr statement select_answered{
    "select_inquiry_answered",
    "SELECT EXISTS (SELECT FROM eligibility_check WHERE inquiry_id = $1)"};
constexpr statement select_latest_requests{
    "select_latest_requests",
    "SELECT DISTINCT ON (r.submission_id, r.coverage) " INTAKE_REQUEST_COLUMNS
    " FROM eligibility_request r WHERE r.submission_id = ANY ($1::uuid[]) ORDER BY "
    "r.submission_id, r.coverage, r.number DESC"};
constexpr statement count_open_requests{
    "count_open_requests",
    "SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'asking') "
    "FROM eligibility_request WHERE state IN ('queued', 'asking')"};

eligibility_request request_of(pqxx::row const& row) {
  eligibility_request found{
      .number = row[0].as<std::int64_t>(),
      .submission = uuid_of(row[1]),
      .coverage = row[2].as<std::int16_t>(),
      .reason = reasons.parse(row[3].c_str()).value_or(request_reason::ahead),
      .service_date = row[4].is_null() ? std::string() : row[4].as<std::string>(),
      .actor = {},
      .created = time_of(row[6]),
      .not_before = time_of(row[7]),
      .off_peak = row[8].as<bool>(),
      .state = request_states.parse(row[9].c_str()).value_or(request_state::failed),
      .attempts = row[10].as<std::int32_t>(),
      .taken = {},
      .inquiry = {},
      .fault = row[13].as<std::string>(),
      .detail = row[14].as<std::string>()};
  if (!row[5].is_null()) found.actor = uuid_of(row[5]);
  if (!row[11].is_null()) found.taken = time_of(row[11]);
  if (!row[12].is_null()) found.inquiry = uuid_of(row[12]);
  return found;
}

}  // namespace

bool add_request(pool& connections, eligibility_request const& one) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(insert_request, certs::to_string(one.submission), one.coverage,
                    std::string(reasons.of(one.reason)), one.service_date, id_or_none(one.actor),
                    microseconds(one.created), microseconds(one.not_before), one.off_peak)
               .affected_rows() == 1;
  });
}

std::optional<eligibility_request> take_request(pool& connections, taking_rules const& rules) {
  return write(connections, [&](session_scope const& scope) -> std::optional<eligibility_request> {
    auto const rows =
        scope.run(take_due_request, microseconds(rules.now), rules.is_off_peak,
                  microseconds(rules.now - rules.hold), microseconds(rules.now - rules.silence),
                  microseconds(rules.now - std::chrono::minutes(1)), rules.in_a_minute_max);
    if (rows.empty()) return std::nullopt;
    return request_of(rows[0]);
  });
}

void note_inquiry(pool& connections, eligibility_request const& one, certs::uuid inquiry) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_inquiry, one.number, one.attempts, certs::to_string(inquiry));
  });
}

void end_request(pool& connections, eligibility_request const& one, request_state state,
                 std::string const& fault, std::string const& detail) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_end, one.number, one.attempts, std::string(request_states.of(state)), fault,
              detail);
  });
}

void put_back(pool& connections, eligibility_request const& one, certs::utc_time not_before,
              std::string const& fault, std::string const& detail) {
  write(connections, [&](session_scope const& scope) {
    scope.run(update_back, one.number, one.attempts, microseconds(not_before), fault, detail);
  });
}

bool is_answered(pool& connections, certs::uuid inquiry) {
  return read(connections, [&](session_scope const& scope) {
    return scope.run(select_answered, certs::to_string(inquiry))[0][0].as<bool>();
  });
}

std::vector<eligibility_request> latest_requests(pool& connections,
                                                 std::span<certs::uuid const> submissions) {
  auto const wanted = to_array(std::vector<certs::uuid>(submissions.begin(), submissions.end()));
  return read(connections, [&](session_scope const& scope) {
    std::vector<eligibility_request> list;
    for (auto const& row : scope.run(select_latest_requests, wanted)) {
      list.push_back(request_of(row));
    }
    return list;
  });
}

request_counts count_requests(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    auto const row = scope.run(count_open_requests)[0];
    return request_counts{row[0].as<std::int64_t>(), row[1].as<std::int64_t>()};
  });
}

}  // namespace intake::db
