#include "db/backup_checks.hpp"

#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<check_outcome, 2> outcomes{{"good", "bad"}};

constexpr statement insert_backup_check{
    "insert_backup_check",
    "INSERT INTO backup_check (checked, made, manifest, submissions, outcome, actor) "
    "VALUES (" INTAKE_TIME_OF("$1") ", " INTAKE_TIME_OF("$2") ", $3, $4, $5, $6)"};

constexpr statement select_newest_good_backup{
    "select_newest_good_backup",
    "SELECT " INTAKE_MICROSECONDS_OF("made") " FROM backup_check WHERE outcome = 'good' "
                                             "ORDER BY made DESC LIMIT 1"};

}  // namespace

void add_backup_check(pool& connections, backup_check const& check) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_backup_check, microseconds(check.checked), microseconds(check.made),
              binary(check.manifest), static_cast<long long>(check.submissions),
              std::string(outcomes.of(check.outcome)), check.actor);
  });
}

std::optional<certs::utc_time> newest_good_backup(pool& connections) {
  auto const rows = read(
      connections, [](session_scope const& scope) { return scope.run(select_newest_good_backup); });
  if (rows.empty()) return std::nullopt;
  return time_of(rows[0][0]);
}

}  // namespace intake::db
