#include "db/changes.hpp"

#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

#define INTAKE_CHANGED \
  "SELECT " INTAKE_HEAD_COLUMNS                                                                \
  "FROM submission_version v JOIN submission s ON s.id = v.submission_id JOIN wrapped_key k "  \
  "ON k.submission_id = s.id AND k.version = v.version WHERE v.received >= " INTAKE_TIME_OF(   \
      "$1") " AND v.received < " INTAKE_TIME_OF("$2") " AND (cardinality($3::text[]) = 0 OR "  \
  "EXISTS (SELECT FROM unnest(v.forms) f WHERE f = ANY ($3) OR split_part(f, '|', 1) = ANY "   \
  "($3))) AND NOT EXISTS (SELECT FROM submission_version n WHERE n.submission_id = s.id AND "  \
  "n.version > v.version) AND NOT (" INTAKE_IS_VOID("s.id") ") "
#define INTAKE_RISING \
  "AND (v.received, v.submission_id) > (" INTAKE_TIME_OF("$4") ", $5::uuid) ORDER BY " \
  "v.received, v.submission_id LIMIT $6"
#define INTAKE_FALLING \
  "AND (v.received, v.submission_id) < (" INTAKE_TIME_OF("$4") ", $5::uuid) ORDER BY " \
  "v.received DESC, v.submission_id DESC LIMIT $6"

constexpr statement rising{"select_changes_rising", INTAKE_CHANGED INTAKE_RISING};
constexpr statement falling{"select_changes_falling", INTAKE_CHANGED INTAKE_FALLING};
constexpr statement rising_of{"select_changes_rising_of",
                              INTAKE_CHANGED "AND s.id = ANY ($7::uuid[]) " INTAKE_RISING};
constexpr statement falling_of{"select_changes_falling_of",
                               INTAKE_CHANGED "AND s.id = ANY ($7::uuid[]) " INTAKE_FALLING};

/// Most questions are answered within the first days; what is further away is read in steps that
/// grow, so that no page sorts all there is.
constexpr std::chrono::hours first_step{24};
constexpr int step_growth = 4;
constexpr int steps_max = 6;

constexpr certs::utc_time beyond{std::chrono::days(400'000)};
constexpr certs::utc_time long_ago{-std::chrono::days(400'000)};

constexpr statement select_first_received{
    "select_first_received", "SELECT " INTAKE_MICROSECONDS_OF("min(received)") " FROM submission"};

struct time_slice {
  certs::utc_time from{};
  certs::utc_time until{};
};

change_mark mark_of(change_question const& asked) {
  if (asked.after) return *asked.after;
  bool const up = asked.order == change_order::oldest_first;
  return change_mark{up ? long_ago : beyond, {}};
}

std::vector<submission_head> read_slice(pool& connections, change_question const& asked,
                                        time_slice slice, int rows_max) {
  bool const up = asked.order == change_order::oldest_first;
  auto const mark = mark_of(asked);
  auto const forms = to_array(asked.forms);
  auto const ids = asked.ids ? to_array(*asked.ids) : std::string();
  return read(connections, [&](session_scope const& scope) {
    auto const from = microseconds(slice.from);
    auto const until = microseconds(slice.until);
    auto const at = microseconds(mark.at);
    auto const id = certs::to_string(mark.id);
    auto const rows =
        asked.ids
            ? scope.run(up ? rising_of : falling_of, from, until, forms, at, id, rows_max, ids)
            : scope.run(up ? rising : falling, from, until, forms, at, id, rows_max);
    std::vector<submission_head> heads;
    for (auto const& row : rows) heads.push_back(head_of(row));
    return heads;
  });
}

/// What is left of the time asked for, beginning where the last page ended.
time_slice rest_of(change_question const& asked) {
  time_slice rest{std::max(asked.from, long_ago), std::min(asked.until, beyond)};
  if (!asked.after) return rest;
  if (asked.order == change_order::oldest_first) rest.from = std::max(rest.from, asked.after->at);
  if (asked.order == change_order::newest_first) {
    rest.until = std::min(rest.until, asked.after->at + std::chrono::microseconds(1));
  }
  return rest;
}

/// Beyond every time where there is nothing.
certs::utc_time first_received(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    auto const rows = scope.run(select_first_received);
    return rows[0][0].is_null() ? beyond : time_of(rows[0][0]);
  });
}

}  // namespace

std::vector<submission_head> list_changes(pool& connections, change_question const& asked,
                                          int rows_max) {
  auto rest = rest_of(asked);
  if (asked.ids) return read_slice(connections, asked, rest, rows_max);
  rest.from = std::max(rest.from, first_received(connections));
  std::vector<submission_head> all;
  certs::utc_time::duration step = first_step;
  for (int at = 0; rest.from < rest.until; ++at, step *= step_growth) {
    bool const last = at == steps_max || rest.until - rest.from <= step;
    auto slice = rest;
    if (asked.order == change_order::oldest_first) {
      if (!last) slice.until = slice.from + step;
      rest.from = slice.until;
    } else {
      if (!last) slice.from = slice.until - step;
      rest.until = slice.from;
    }
    auto const wanted = rows_max - static_cast<int>(all.size());
    for (auto& head : read_slice(connections, asked, slice, wanted)) all.push_back(std::move(head));
    if (last || static_cast<int>(all.size()) >= rows_max) break;
  }
  return all;
}

}  // namespace intake::db
