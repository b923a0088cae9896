#include "db/submissions.hpp"

#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_VOID_ACTS "a.submission_id = s.id AND a.kind IN ('void', 'restore')"
#define INTAKE_VOID_SINCE                                           \
  "(SELECT CASE WHEN a.kind = 'void' THEN " INTAKE_MICROSECONDS_OF( \
      "a.at") " END FROM record_act a WHERE " INTAKE_VOID_ACTS " ORDER BY a.id DESC LIMIT 1) "
#define INTAKE_AFTER_MARK "(received, id) < (" INTAKE_TIME_OF("$1") ", $2::uuid) "
#define INTAKE_NEWEST_FIRST "ORDER BY received DESC, id DESC "

// The page is cut before anything is joined: a coarse token may stand for thousands.
constexpr statement select_newest{
    "select_newest",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.sealed FROM (SELECT * FROM submission WHERE " INTAKE_AFTER_MARK "AND NOT (" INTAKE_IS_VOID(
        "submission.id") ") " INTAKE_NEWEST_FIRST
                         "LIMIT $3) s " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY INTAKE_SUMMARY
                         "ORDER BY s.received DESC, s.id DESC"};

constexpr statement select_by_token{
    "select_by_token",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.sealed FROM (SELECT * FROM submission WHERE id IN (SELECT submission_id FROM "
    "search_token WHERE kind = $4 AND token = $5) AND " INTAKE_AFTER_MARK
    "AND NOT (" INTAKE_IS_VOID(
        "submission.id") ") " INTAKE_NEWEST_FIRST
                         "LIMIT $3) s " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY INTAKE_SUMMARY
                         "ORDER BY s.received DESC, s.id DESC"};

constexpr statement select_by_ids{
    "select_by_ids",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.sealed FROM submission s " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY INTAKE_SUMMARY
    "WHERE s.id = ANY ($1::uuid[])"};

constexpr statement select_versions{
    "select_versions",
    "SELECT " INTAKE_HEAD_COLUMNS
    "FROM submission s JOIN submission_version v ON v.submission_id = s.id " INTAKE_HEAD_KEY
    "WHERE s.id = $1 ORDER BY v.version"};

constexpr statement select_one{
    "select_one",
    "SELECT " INTAKE_HEAD_COLUMNS ", p.name, p.sealed, " INTAKE_VOID_SINCE
    "FROM submission s JOIN submission_version v ON v.submission_id = s.id " INTAKE_HEAD_KEY
    "LEFT JOIN part p ON p.submission_id = s.id AND p.version = v.version "
    "WHERE s.id = $1 AND v.version = coalesce($2::integer, (SELECT max(n.version) FROM "
    "submission_version n WHERE n.submission_id = $1)) ORDER BY p.name"};

constexpr statement select_answers{
    "select_answers",
    "SELECT " INTAKE_HEAD_COLUMNS
    ", p.name, p.sealed FROM submission s " INTAKE_NEWEST_VERSION INTAKE_HEAD_KEY
    "LEFT JOIN part p ON p.submission_id = s.id AND p.version = v.version AND p.name IN "
    "('summary', 'answers') WHERE s.id = ANY ($1::uuid[]) AND NOT (" INTAKE_IS_VOID(
        "s.id") ") ORDER BY s.id"};

constexpr statement select_receipt{"select_receipt",
                                   "SELECT id FROM submission WHERE receipt = $1"};

}  // namespace

std::vector<listed_submission> list_newest(pool& connections, std::optional<page_mark> after,
                                           int rows_max) {
  auto const mark = after.value_or(first_page);
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_newest, microseconds(mark.first_received),
                            certs::to_string(mark.id), rows_max));
  });
}

std::vector<listed_submission> list_by_token(pool& connections, search_token const& token,
                                             std::optional<page_mark> after, int rows_max) {
  auto const mark = after.value_or(first_page);
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_by_token, microseconds(mark.first_received),
                            certs::to_string(mark.id), rows_max, token.kind, binary(token.value)));
  });
}

std::vector<listed_submission> list_by_ids(pool& connections, std::span<certs::uuid const> ids) {
  array_text wanted;
  for (auto const& id : ids) wanted.add(id);
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_by_ids, wanted.take()));
  });
}

std::optional<opened_submission> open_submission(pool& connections, certs::uuid id,
                                                 std::optional<std::int32_t> version) {
  auto const rows = read(connections, [&](session_scope const& scope) {
    return scope.run(select_one, certs::to_string(id), version);
  });
  if (rows.empty()) return std::nullopt;
  opened_submission opened{head_of(rows[0]), {}, {}};
  auto const since = rows[0][head_columns + 2];
  if (!since.is_null()) opened.void_since = time_of(since);
  for (auto const& row : rows) {
    auto const name = row[head_columns];
    if (name.is_null()) continue;
    opened.parts.push_back({name.as<std::string>(), bytes_of(row[head_columns + 1])});
  }
  return opened;
}

std::vector<opened_submission> open_answers(pool& connections, std::span<certs::uuid const> ids) {
  array_text wanted;
  for (auto const& id : ids) wanted.add(id);
  auto const text = wanted.take();
  auto const rows = read(
      connections, [&](session_scope const& scope) { return scope.run(select_answers, text); });
  std::vector<opened_submission> all;
  for (auto const& row : rows) {
    if (all.empty() || all.back().head.id != uuid_of(row[0])) all.push_back({head_of(row), {}});
    auto const name = row[head_columns];
    if (name.is_null()) continue;
    all.back().parts.push_back({name.as<std::string>(), bytes_of(row[head_columns + 1])});
  }
  return all;
}

std::optional<opened_submission> open_receipt(pool& connections, std::string_view receipt) {
  auto const id = find_receipt(connections, receipt);
  return id ? open_submission(connections, *id) : std::nullopt;
}

std::vector<submission_head> list_versions(pool& connections, certs::uuid id) {
  auto const rows = read(connections, [&](session_scope const& scope) {
    return scope.run(select_versions, certs::to_string(id));
  });
  std::vector<submission_head> versions;
  for (auto const& row : rows) versions.push_back(head_of(row));
  return versions;
}

std::optional<certs::uuid> find_receipt(pool& connections, std::string_view receipt) {
  if (!is_text(receipt)) return std::nullopt;
  auto const rows = read(connections, [&](session_scope const& scope) {
    return scope.run(select_receipt, std::string(receipt));
  });
  if (rows.empty()) return std::nullopt;
  return uuid_of(rows[0][0]);
}

}  // namespace intake::db
