#include "db/clinic_settings.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement select_newest{"newest_clinic_setting",
                                  "SELECT coalesce(max(number), 0) FROM clinic_setting"};
constexpr statement select_settings{
    "select_clinic_settings",
    "SELECT DISTINCT ON (s.key) s.number, s.key, s.value, s.reason, " INTAKE_MICROSECONDS_OF(
        "s.at") ", s.actor, a.name FROM clinic_setting s JOIN account a ON a.id = s.actor "
                "ORDER BY s.key, s.number DESC"};
// Acts come one after the other, so that none is checked against what another is changing.
constexpr statement lock_settings{"lock_clinic_settings",
                                  "SELECT pg_advisory_xact_lock(7215543202)"};
constexpr statement insert_setting{
    "insert_clinic_setting",
    "INSERT INTO clinic_setting (number, key, value, reason, at, actor) VALUES ($1 + 1, $2, $3, "
    "$4, " INTAKE_TIME_OF("$5") ", $6)"};
constexpr statement insert_return{
    "insert_clinic_setting_return",
    "INSERT INTO clinic_setting (number, key, reason, at, actor) VALUES ($1 + 1, $2, $3, "
    "" INTAKE_TIME_OF("$4") ", $5)"};

clinic_setting setting_of(pqxx::row const& row) {
  clinic_setting one{.number = row[0].as<std::int64_t>(),
                     .key = row[1].as<std::string>(),
                     .value = {},
                     .reason = row[3].as<std::string>(),
                     .at = time_of(row[4]),
                     .actor = uuid_of(row[5]),
                     .actor_name = row[6].as<std::string>()};
  if (!row[2].is_null()) {
    auto const bytes = bytes_of(row[2]);
    one.value.emplace(bytes.begin(), bytes.end());
  }
  return one;
}

}  // namespace

std::int64_t newest_clinic_setting(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    return scope.run(select_newest)[0][0].as<std::int64_t>();
  });
}

std::vector<clinic_setting> clinic_settings(pool& connections) {
  return read(connections, [](session_scope const& scope) {
    std::vector<clinic_setting> all;
    for (auto const& row : scope.run(select_settings)) all.push_back(setting_of(row));
    return all;
  });
}

bool add_clinic_setting(pool& connections, clinic_setting const& added, std::int64_t newest) {
  return write(connections, [&](session_scope const& scope) {
    scope.run(lock_settings);
    if (scope.run(select_newest)[0][0].as<std::int64_t>() != newest) return false;
    auto const at = microseconds(added.at);
    auto const actor = certs::to_string(added.actor);
    if (added.value) {
      scope.run(insert_setting, newest, added.key, binary(certs::as_bytes(*added.value)),
                added.reason, at, actor);
    } else {
      scope.run(insert_return, newest, added.key, added.reason, at, actor);
    }
    return true;
  });
}

}  // namespace intake::db
