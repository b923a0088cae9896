#include "db/settlements.hpp"

#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<settlement_act, 4> acts{{"paper", "declined", "otherwise", "reopened"}};

#define INTAKE_SETTLEMENT_COLUMNS \
  "id, submission_id, item, act, " INTAKE_MICROSECONDS_OF("at") ", actor, kek_id, wrapped, " \
                                                                "content"

constexpr statement insert_settlement{
    "insert_settlement",
    "INSERT INTO settlement (id, submission_id, item, act, at, actor, kek_id, wrapped, content) "
    "VALUES ($1, $2, $3, $4, " INTAKE_TIME_OF("$5") ", $6, $7, $8, $9)"};
constexpr statement insert_scan{
    "insert_settlement_scan",
    "INSERT INTO settlement_scan (settlement_id, submission_id, kek_id, wrapped, content) VALUES "
    "($1, $2, $3, $4, $5)"};
constexpr statement select_settlements{
    "select_settlements", "SELECT DISTINCT ON (submission_id, item) " INTAKE_SETTLEMENT_COLUMNS
                          " FROM settlement WHERE submission_id = ANY ($1::uuid[]) ORDER BY "
                          "submission_id, item, id DESC"};
constexpr statement select_settlement{
    "select_settlement", "SELECT " INTAKE_SETTLEMENT_COLUMNS " FROM settlement WHERE id = $1"};
constexpr statement select_scan{
    "select_settlement_scan",
    "SELECT kek_id, wrapped, content FROM settlement_scan WHERE settlement_id = $1"};

settlement settlement_of(pqxx::row const& row) {
  settlement found;
  found.id = uuid_of(row[0]);
  found.submission = uuid_of(row[1]);
  found.item = hash_of(row[2]);
  found.act = acts.parse(row[3].c_str()).value_or(settlement_act::reopened);
  found.at = time_of(row[4]);
  found.actor = uuid_of(row[5]);
  found.key = {row[6].as<std::string>(), bytes_of(row[7])};
  found.content = bytes_of(row[8]);
  return found;
}

}  // namespace

std::string_view to_string(settlement_act act) {
  return acts.of(act);
}

std::optional<settlement_act> parse_settlement_act(std::string_view word) {
  return acts.parse(word);
}

void add_settlement(pool& connections, settlement const& one, settlement_scan const* scan) {
  write(connections, [&](session_scope const& scope) {
    auto const id = certs::to_string(one.id);
    auto const submission = certs::to_string(one.submission);
    scope.run(insert_settlement, id, submission, binary(one.item), std::string(acts.of(one.act)),
              microseconds(one.at), certs::to_string(one.actor), one.key.kek_id,
              binary(one.key.value), binary(one.content));
    if (scan == nullptr) return;
    scope.run(insert_scan, id, submission, scan->key.kek_id, binary(scan->key.value),
              binary(scan->content));
  });
}

std::vector<settlement> list_settlements(pool& connections,
                                         std::span<certs::uuid const> submissions) {
  array_text wanted;
  for (auto const& id : submissions) wanted.add(id);
  return read(connections, [&](session_scope const& scope) {
    std::vector<settlement> list;
    for (auto const& row : scope.run(select_settlements, wanted.take())) {
      list.push_back(settlement_of(row));
    }
    return list;
  });
}

std::optional<settlement> find_settlement(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<settlement> {
    auto const rows = scope.run(select_settlement, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return settlement_of(rows[0]);
  });
}

std::optional<settlement_scan> open_settlement_scan(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) -> std::optional<settlement_scan> {
    auto const rows = scope.run(select_scan, certs::to_string(id));
    if (rows.empty()) return std::nullopt;
    return settlement_scan{{rows[0][0].as<std::string>(), bytes_of(rows[0][1])},
                           bytes_of(rows[0][2])};
  });
}

}  // namespace intake::db
