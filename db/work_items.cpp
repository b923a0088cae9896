#include "db/work_items.hpp"

#include "db/names.hpp"
#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<work_state, 5> states{{"new", "attention", "review", "done", "day"}};

// What a row is asked one by one is a scalar here: EXISTS would become a join, which reads all of
// the other table before the first of a list's few rows comes.

/// Commits come a little later than the times they carry.
#define INTAKE_LATE "interval '10 minutes'"
/// Numbers of matches are given before their commit.
#define INTAKE_LATE_MATCHES "200"
/// So that their order is read from the index; the next look goes on.
#define INTAKE_MATCHES_AT_ONCE "2000"

constexpr statement select_unsorted{
    "select_unsorted_submissions",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.sealed FROM (SELECT s.* FROM submission s WHERE s.received > coalesce((SELECT seen "
    "FROM work_mark), " INTAKE_TIME_OF(
        "$1") " - interval '30 days') - " INTAKE_LATE
              " AND coalesce((SELECT false FROM work_item w WHERE w.submission_id = s.id), true) "
              "ORDER BY s.received, s.id LIMIT $2) s " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY
                  INTAKE_SUMMARY "ORDER BY s.received, s.id"};
constexpr statement insert_items{
    "insert_work_items",
    "WITH put AS (INSERT INTO work_item (submission_id, received, state, number, at) SELECT u.id, "
    INTAKE_TIME_OF("u.received") ", u.state, 1, " INTAKE_TIME_OF("u.at")
    " FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[]) AS u(id, received, state, "
    "at) ON CONFLICT DO NOTHING RETURNING submission_id, state, at, received), said AS (INSERT "
    "INTO work_event (submission_id, number, state, act, at) SELECT submission_id, 1, state, "
    "'set', at FROM put) INSERT INTO work_mark (seen, changes) SELECT max(received), 1 FROM put "
    "HAVING count(*) > 0 ON CONFLICT (only_row) DO UPDATE SET seen = greatest(work_mark.seen, "
    "excluded.seen), changes = work_mark.changes + 1"};

#define INTAKE_IS_MATCHED(id)                                                                    \
  "coalesce((SELECT true FROM appointment_match m WHERE m.submission_id = " id                   \
  " AND m.act = 'match' AND NOT EXISTS (SELECT FROM appointment_match l WHERE l.appointment_id " \
  "= m.appointment_id AND l.submission_id = m.submission_id AND l.number > m.number) LIMIT 1), " \
  "false)"

constexpr statement follow{
    "follow_matches",
    "WITH recent AS (SELECT m.number, m.submission_id FROM appointment_match m WHERE m.number > "
    "(SELECT matched FROM work_mark) - " INTAKE_LATE_MATCHES
    " ORDER BY m.number LIMIT " INTAKE_MATCHES_AT_ONCE
    "), now AS (SELECT r.submission_id, " INTAKE_IS_MATCHED(
        "r.submission_id") " AS matched FROM (SELECT DISTINCT submission_id FROM recent) r), "
    "moved AS (UPDATE work_item w "
    "SET state = CASE WHEN n.matched THEN 'day' ELSE 'new' END, number = w.number + 1, actor = "
    "NULL, at = " INTAKE_TIME_OF("$1") " FROM now n WHERE w.submission_id = n.submission_id AND "
    "((n.matched AND w.state IN ('new', 'attention')) OR (NOT n.matched AND w.state = 'day')) "
    "RETURNING w.submission_id, w.number, w.state, w.at), said AS (INSERT INTO work_event "
    "(submission_id, number, state, act, at) SELECT submission_id, number, state, 'set', at FROM "
    "moved) UPDATE work_mark SET matched = greatest(matched, (SELECT coalesce(max(number), 0) FROM "
    "recent)), changes = changes + (SELECT count(*) FROM moved) WHERE matched < (SELECT "
    "coalesce(max(number), 0) FROM recent) OR EXISTS (SELECT FROM moved)"};

constexpr statement follow_versions{
    "follow_amendments",
    "WITH moved AS (UPDATE work_item w SET state = 'attention', number = w.number + 1, actor = "
    "NULL, at = " INTAKE_TIME_OF("$1")
    " FROM (SELECT submission_id, max(received) AS received FROM submission_version WHERE version "
    "> 1 AND received > " INTAKE_TIME_OF("$1")
    " - interval '30 days' GROUP BY submission_id) v WHERE w.submission_id = v.submission_id AND "
    "w.state = 'done' AND w.at < v.received RETURNING w.submission_id, w.number, w.state, w.at), "
    "said AS (INSERT INTO work_event (submission_id, number, state, act, at) SELECT "
    "submission_id, number, state, 'set', at FROM moved) UPDATE work_mark SET changes = changes + "
    "1 WHERE EXISTS (SELECT FROM moved)"};

constexpr statement select_work{
    "select_work",
    "SELECT " INTAKE_HEAD_COLUMNS ", p.sealed, w.state, w.number, " INTAKE_MICROSECONDS_OF("w.at")
    ", w.actor FROM (SELECT * FROM work_item w WHERE w.state = $4 AND (w.received, "
    "w.submission_id) < (" INTAKE_TIME_OF("$1") ", $2::uuid) AND ($5 = '' OR w.actor = nullif($5, "
    "'')::uuid) AND NOT " INTAKE_IS_MATCHED("w.submission_id") " AND NOT ("
    INTAKE_IS_VOID("w.submission_id") ") ORDER BY w.received DESC, w.submission_id DESC LIMIT $3) "
    "w JOIN submission s ON s.id = w.submission_id " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY
    INTAKE_SUMMARY "ORDER BY w.received DESC, w.submission_id DESC"};
constexpr statement select_item{
    "select_work_item",
    "SELECT submission_id, " INTAKE_MICROSECONDS_OF("received") ", state, number, "
    INTAKE_MICROSECONDS_OF("at") ", actor FROM work_item WHERE submission_id = $1"};

// The item's row is locked by its own change, so who acts at the same time finds another number.
constexpr statement set_state{
    "set_work_state",
    "WITH moved AS (UPDATE work_item SET state = $3, number = number + 1, at = "
    INTAKE_TIME_OF("$4") ", actor = $5 WHERE submission_id = $1 AND number = $2 RETURNING *), said "
    "AS (INSERT INTO work_event (submission_id, number, state, act, at, actor) SELECT "
    "submission_id, number, state, 'set', at, actor FROM moved) UPDATE work_mark SET changes = "
    "changes + 1 WHERE EXISTS (SELECT FROM moved)"};
constexpr statement undo_state{
    "undo_work_state",
    "WITH moved AS (UPDATE work_item w SET state = e.state, number = w.number + 1, at = "
    INTAKE_TIME_OF("$3") ", actor = $4 FROM work_event e WHERE w.submission_id = $1 AND w.number = "
    "$2 AND e.submission_id = $1 AND e.number = $2 - 1 RETURNING w.*), said AS (INSERT INTO "
    "work_event (submission_id, number, state, act, at, actor) SELECT submission_id, number, "
    "state, 'undo', at, actor FROM moved) UPDATE work_mark SET changes = changes + 1 WHERE EXISTS "
    "(SELECT FROM moved)"};
constexpr statement select_changes{"select_work_changes",
                                   "SELECT coalesce((SELECT changes FROM work_mark), 0)"};
constexpr statement select_newer{
    "select_newer_work",
    "SELECT coalesce((SELECT changes FROM work_mark), 0), (SELECT count(*) FROM (SELECT FROM "
    "work_item w WHERE w.state = $1 AND (w.received, w.submission_id) > (" INTAKE_TIME_OF("$2")
    ", $3::uuid) AND NOT " INTAKE_IS_MATCHED("w.submission_id") " AND NOT ("
    INTAKE_IS_VOID("w.submission_id") ") LIMIT 100) n)"};

/// Reads from column `at` on.
void read_item(pqxx::row const& row, int at, work_item& into) {
  into.state = states.parse(row[at].c_str()).value_or(work_state::fresh);
  into.number = row[at + 1].as<std::int32_t>();
  into.at = time_of(row[at + 2]);
  if (!row[at + 3].is_null()) into.actor = uuid_of(row[at + 3]);
}

}  // namespace

std::string_view to_string(work_state state) {
  return states.of(state);
}

std::optional<work_state> parse_work_state(std::string_view word) {
  return states.parse(word);
}

std::vector<listed_submission> list_unsorted(pool& connections, certs::utc_time now, int rows_max) {
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_unsorted, microseconds(now), rows_max));
  });
}

void add_work_items(pool& connections, std::span<work_item const> items) {
  if (items.empty()) return;
  array_text ids;
  array_text received;
  array_text state;
  array_text at;
  for (auto const& each : items) {
    ids.add(each.submission);
    received.add(microseconds(each.received));
    state.add(states.of(each.state));
    at.add(microseconds(each.at));
  }
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_items, ids.take(), received.take(), state.take(), at.take());
  });
}

void follow_matches(pool& connections, certs::utc_time now) {
  write(connections, [&](session_scope const& scope) { scope.run(follow, microseconds(now)); });
}

void follow_amendments(pool& connections, certs::utc_time now) {
  write(connections,
        [&](session_scope const& scope) { scope.run(follow_versions, microseconds(now)); });
}

std::vector<listed_work> list_work(pool& connections, work_filter const& filter,
                                   std::optional<page_mark> after, int rows_max) {
  auto const mark = after.value_or(first_page);
  auto const actor = filter.actor ? certs::to_string(*filter.actor) : std::string();
  return read(connections, [&](session_scope const& scope) {
    std::vector<listed_work> list;
    for (auto const& row :
         scope.run(select_work, microseconds(mark.first_received), certs::to_string(mark.id),
                   rows_max, std::string(states.of(filter.state)), actor)) {
      listed_work one{listed_of(row), {}};
      one.item.submission = one.submission.head.id;
      one.item.received = one.submission.head.first_received;
      read_item(row, head_columns + 1, one.item);
      list.push_back(std::move(one));
    }
    return list;
  });
}

std::optional<work_item> find_work_item(pool& connections, certs::uuid submission) {
  return read(connections, [&](session_scope const& scope) -> std::optional<work_item> {
    auto const rows = scope.run(select_item, certs::to_string(submission));
    if (rows.empty()) return std::nullopt;
    work_item found{
        .submission = uuid_of(rows[0][0]), .received = time_of(rows[0][1]), .actor = {}};
    read_item(rows[0], 2, found);
    return found;
  });
}

bool set_work_state(pool& connections, work_act const& act) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(set_state, certs::to_string(act.submission), act.seen_number,
                    std::string(states.of(act.to)), microseconds(act.at),
                    certs::to_string(act.actor))
               .affected_rows() == 1;
  });
}

bool undo_work_state(pool& connections, work_act const& act) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(undo_state, certs::to_string(act.submission), act.seen_number,
                    microseconds(act.at), certs::to_string(act.actor))
               .affected_rows() == 1;
  });
}

std::int64_t work_changes(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    return scope.run(select_changes)[0][0].as<std::int64_t>();
  });
}

work_news work_since(pool& connections, work_state state, std::optional<page_mark> top) {
  auto const mark = top.value_or(page_mark{});
  return read(connections, [&](session_scope const& scope) {
    auto const rows = scope.run(select_newer, std::string(states.of(state)),
                                microseconds(mark.first_received), certs::to_string(mark.id));
    return work_news{rows[0][0].as<std::int64_t>(), rows[0][1].as<int>()};
  });
}

}  // namespace intake::db
