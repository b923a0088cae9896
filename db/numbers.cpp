#include "db/numbers.hpp"

#include "db/rows.hpp"
#include "db/submission_rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_DAY_OF(column) "((" column " AT TIME ZONE $3)::date)::text"
#define INTAKE_BETWEEN(column) \
  column " >= " INTAKE_TIME_OF("$1") " AND " column " < " INTAKE_TIME_OF("$2")

constexpr statement select_forms{
    "select_forms_a_day",
    "SELECT day, sum(first), sum(later) FROM (SELECT " INTAKE_DAY_OF(
        "s.received") " AS day, 1 AS first, 0 AS later FROM submission s WHERE " INTAKE_BETWEEN(
        "s.received") " AND NOT (" INTAKE_IS_VOID("s.id") ") UNION ALL SELECT " INTAKE_DAY_OF(
        "v.received") ", 0, 1 FROM submission_version v WHERE v.version > 1 AND " INTAKE_BETWEEN(
        "v.received") ") d GROUP BY day ORDER BY day"};
constexpr statement select_visits{
    "select_visits_a_day",
    "SELECT day, count(*), count(*) FILTER (WHERE has_forms), count(*) FILTER (WHERE state = "
    "'no-show') FROM (SELECT " INTAKE_DAY_OF(
        "a.starts_at") " AS day, EXISTS (SELECT FROM appointment_match m JOIN submission s ON s.id "
                       "= m.submission_id WHERE m.appointment_id = a.id AND m.act = 'match' AND "
                       "s.received <= a.starts_at AND NOT EXISTS (SELECT FROM appointment_match l "
                       "WHERE l.appointment_id = m.appointment_id AND l.submission_id = "
                       "m.submission_id AND l.number > m.number)) AS has_forms, (SELECT e.state "
                       "FROM appointment_event e WHERE e.appointment_id = a.id ORDER BY e.number "
                       "DESC LIMIT 1) AS state FROM appointment a WHERE " INTAKE_BETWEEN(
                           "a.starts_at") ") v GROUP BY day ORDER BY day"};
constexpr statement select_work{
    "select_work_a_day",
    "SELECT " INTAKE_DAY_OF(
        "w.at") " AS day, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "
                "w.at - w.received) / 60) FROM work_item w WHERE w.state = 'done' AND w.actor IS "
                "NOT NULL AND " INTAKE_BETWEEN("w.at") " GROUP BY day ORDER BY day"};

}  // namespace

std::vector<day_of_forms> forms_a_day(pool& connections, certs::utc_time from,
                                      certs::utc_time until, std::string_view zone) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<day_of_forms> list;
    for (auto const& row :
         scope.run(select_forms, microseconds(from), microseconds(until), std::string(zone))) {
      list.push_back(
          {row[0].as<std::string>(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
    }
    return list;
  });
}

std::vector<day_of_visits> visits_a_day(pool& connections, certs::utc_time from,
                                        certs::utc_time until, std::string_view zone) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<day_of_visits> list;
    for (auto const& row :
         scope.run(select_visits, microseconds(from), microseconds(until), std::string(zone))) {
      list.push_back({row[0].as<std::string>(), row[1].as<std::int64_t>(),
                      row[2].as<std::int64_t>(), row[3].as<std::int64_t>()});
    }
    return list;
  });
}

std::vector<day_of_work> work_a_day(pool& connections, certs::utc_time from, certs::utc_time until,
                                    std::string_view zone) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<day_of_work> list;
    for (auto const& row :
         scope.run(select_work, microseconds(from), microseconds(until), std::string(zone))) {
      list.push_back({row[0].as<std::string>(), row[1].as<std::int64_t>(), row[2].as<double>()});
    }
    return list;
  });
}

}  // namespace intake::db
