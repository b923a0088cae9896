#include "db/eligibility.hpp"

#include "db/eligibility_rows.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<check_way, 3> check_ways{{"by-hand", "file", "clearinghouse"}};

#define INTAKE_CHECK_COLUMNS \
  "c.id, c.submission_id, c.version, c.coverage, c.how, c.service_date, "                       \
  INTAKE_MICROSECONDS_OF("c.as_of") ", " INTAKE_MICROSECONDS_OF("c.recorded")                   \
  ", c.actor, c.inquiry_id, k.kek_id, k.wrapped "
#define INTAKE_CHECK_KEY "LEFT JOIN eligibility_key k ON k.owner = c.id "
#define INTAKE_CHECK_SUMMARY \
  "LEFT JOIN eligibility_part p ON p.owner = c.id AND p.name = 'summary' "

#define INTAKE_CHECK_TIMES INTAKE_TIME_OF("$7") ", " INTAKE_TIME_OF("$8")
constexpr statement insert_check{
    "insert_eligibility_check",
    "INSERT INTO eligibility_check (id, submission_id, version, coverage, how, service_date, "
    "as_of, recorded, actor, inquiry_id, answer) VALUES ($1, $2, $3, $4, $5, "
    "$6::date, " INTAKE_CHECK_TIMES
    ", nullif($9, '')::uuid, nullif($10, '')::uuid, nullif($11, ''::bytea)) "
    "ON CONFLICT (inquiry_id, answer) DO NOTHING"};
constexpr statement insert_key{
    "insert_eligibility_key",
    "INSERT INTO eligibility_key (owner, submission_id, kek_id, wrapped) VALUES ($1, $2, $3, $4)"};
constexpr statement insert_part{
    "insert_eligibility_part",
    "INSERT INTO eligibility_part (owner, name, sealed) VALUES ($1, $2, $3)"};
constexpr statement select_checks{
    "select_eligibility_checks",
    "SELECT " INTAKE_CHECK_COLUMNS
    ", p.sealed FROM eligibility_check c " INTAKE_CHECK_KEY INTAKE_CHECK_SUMMARY
    "WHERE c.submission_id = $1 AND c.coverage = $2 ORDER BY c.as_of DESC, c.number DESC LIMIT "
    "200"};
constexpr statement select_latest{
    "select_latest_checks",
    "SELECT DISTINCT ON (c.submission_id, c.coverage) " INTAKE_CHECK_COLUMNS
    ", p.sealed FROM eligibility_check c " INTAKE_CHECK_KEY INTAKE_CHECK_SUMMARY
    "WHERE c.submission_id = ANY ($1::uuid[]) ORDER BY c.submission_id, c.coverage, c.as_of DESC, "
    "c.number DESC"};
constexpr statement select_check{"select_eligibility_check",
                                 "SELECT " INTAKE_CHECK_COLUMNS
                                 "FROM eligibility_check c " INTAKE_CHECK_KEY "WHERE c.id = $1"};
constexpr statement select_part{"select_eligibility_part",
                                "SELECT sealed FROM eligibility_part WHERE owner = $1 AND name = "
                                "$2"};

constexpr int check_columns = 12;

eligibility_check check_of(pqxx::row const& row) {
  eligibility_check found{.id = uuid_of(row[0]),
                          .submission = uuid_of(row[1]),
                          .version = row[2].as<std::int32_t>(),
                          .coverage = row[3].as<std::int16_t>(),
                          .how = check_ways.parse(row[4].c_str()).value_or(check_way::by_hand),
                          .service_date = row[5].as<std::string>(),
                          .as_of = time_of(row[6]),
                          .recorded = time_of(row[7]),
                          .actor = {},
                          .inquiry = {},
                          .key = {}};
  if (!row[8].is_null()) found.actor = uuid_of(row[8]);
  if (!row[9].is_null()) found.inquiry = uuid_of(row[9]);
  if (!row[10].is_null()) found.key = {row[10].as<std::string>(), bytes_of(row[11])};
  return found;
}

std::vector<listed_check> listed(pqxx::result const& rows) {
  std::vector<listed_check> list;
  for (auto const& row : rows) {
    auto const summary = row[check_columns];
    list.push_back({check_of(row), summary.is_null() ? certs::bytes() : bytes_of(summary)});
  }
  return list;
}

}  // namespace

std::string_view to_string(check_way how) {
  return check_ways.of(how);
}

std::string id_or_none(std::optional<certs::uuid> const& id) {
  return id ? certs::to_string(*id) : std::string();
}

void insert_key_row(session_scope const& scope, owned_key const& one) {
  scope.run(insert_key, certs::to_string(one.owner), certs::to_string(one.submission),
            one.key.kek_id, binary(one.key.value));
}

void insert_part_row(session_scope const& scope, certs::uuid const& owner, std::string const& name,
                     certs::bytes const& sealed) {
  scope.run(insert_part, certs::to_string(owner), name, binary(sealed));
}

bool insert_check_rows(session_scope const& scope, new_check const& made) {
  auto const& head = made.head;
  // libpqxx sends no null in binary: an empty text stands for "none", and the statement knows it.
  auto const answer = made.answer ? binary(*made.answer) : binary({});
  auto const added =
      scope.run(insert_check, certs::to_string(head.id), certs::to_string(head.submission),
                head.version, head.coverage, std::string(check_ways.of(head.how)),
                head.service_date, microseconds(head.as_of), microseconds(head.recorded),
                id_or_none(head.actor), id_or_none(head.inquiry), answer);
  if (added.affected_rows() != 1) return false;
  insert_key_row(scope, {head.id, head.submission, head.key.value()});
  for (auto const& part : made.parts) insert_part_row(scope, head.id, part.name, part.sealed);
  return true;
}

bool add_check(pool& connections, new_check const& made) {
  return write(connections,
               [&](session_scope const& scope) { return insert_check_rows(scope, made); });
}

std::vector<listed_check> list_checks(pool& connections, certs::uuid submission,
                                      std::int16_t coverage) {
  return read(connections, [&](session_scope const& scope) {
    return listed(scope.run(select_checks, certs::to_string(submission), coverage));
  });
}

std::vector<listed_check> latest_checks(pool& connections,
                                        std::span<certs::uuid const> submissions) {
  array_text wanted;
  for (auto const& id : submissions) wanted.add(id);
  auto const ids = wanted.take();
  return read(connections,
              [&](session_scope const& scope) { return listed(scope.run(select_latest, ids)); });
}

std::optional<eligibility_check> find_check(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<eligibility_check> {
    auto const rows = scope.run(select_check, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return check_of(rows[0]);
  });
}

std::optional<certs::bytes> eligibility_part(pool& connections, certs::uuid owner,
                                             std::string_view name) {
  return read(connections, [&](session_scope const& scope) -> std::optional<certs::bytes> {
    auto const rows = scope.run(select_part, certs::to_string(owner), std::string(name));
    if (rows.empty()) return std::nullopt;
    return bytes_of(rows[0][0]);
  });
}

}  // namespace intake::db
