#include "db/audit_reports.hpp"

#include "db/audit_rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement select_left{
    "select_events_that_left",
    "SELECT " INTAKE_EVENT_COLUMNS "FROM " INTAKE_EVENT_TABLES
    "WHERE e.record IS NULL AND e.outcome = 'done' AND (e.content IS NOT NULL OR e.action = ANY "
    "($1::text[])) AND e.at >= " INTAKE_TIME_OF("$2") " AND e.at < " INTAKE_TIME_OF(
        "$3") " ORDER BY e.at DESC, e.chain, e.number DESC LIMIT $4"};
constexpr statement select_same{
    "select_records_of_same_token",
    "SELECT DISTINCT same.submission_id FROM search_token mine JOIN search_token same ON same.kind "
    "= mine.kind AND same.token = mine.token WHERE mine.submission_id = $1 AND mine.kind = $2"};
constexpr statement select_receipts{
    "select_receipts_of", "SELECT id, receipt FROM submission WHERE id = ANY ($1::uuid[])"};

}  // namespace

std::vector<audit_event> events_that_left(pool& connections,
                                          std::span<std::string_view const> actions,
                                          certs::utc_time from, certs::utc_time until,
                                          int rows_max) {
  std::vector<std::string> const words(actions.begin(), actions.end());
  return read(connections, [&](session_scope const& scope) {
    std::vector<audit_event> list;
    for (auto const& row : scope.run(select_left, to_array(words), microseconds(from),
                                     microseconds(until), rows_max)) {
      list.push_back(event_of(row).event);
    }
    return list;
  });
}

std::vector<certs::uuid> records_of_same_token(pool& connections, certs::uuid submission,
                                               std::int16_t kind) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<certs::uuid> ids{submission};
    for (auto const& row : scope.run(select_same, certs::to_string(submission), kind)) {
      if (auto const id = uuid_of(row[0]); id != submission) ids.push_back(id);
    }
    return ids;
  });
}

std::map<certs::uuid, std::string> receipts_of(pool& connections,
                                               std::vector<certs::uuid> const& ids) {
  return read(connections, [&](session_scope const& scope) {
    std::map<certs::uuid, std::string> receipts;
    for (auto const& row : scope.run(select_receipts, to_array(ids))) {
      receipts.emplace(uuid_of(row[0]), row[1].as<std::string>());
    }
    return receipts;
  });
}

}  // namespace intake::db
