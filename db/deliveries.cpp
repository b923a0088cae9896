#include "db/deliveries.hpp"

#include "db/errors.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

#include <algorithm>

namespace intake::db {
namespace {

constexpr enum_names<delivery_way, 2> ways{{"mail", "phone"}};
constexpr enum_names<delivery_state, 3> states{{"waiting", "handed-over", "failed"}};

constexpr statement insert_delivery{
    "insert_delivery",
    "INSERT INTO delivery (id, invitation_id, way, created, actor, state, not_before, kek_id, "
    "wrapped, content) VALUES ($1, $2, $3, " INTAKE_TIME_OF(
        "$4") ", nullif($5, '')::uuid, 'waiting', " INTAKE_TIME_OF("$4") ", $6, $7, $8)"};
constexpr statement take_due{
    "take_deliveries",
    "UPDATE delivery d SET attempts = d.attempts + 1, taken_until = " INTAKE_TIME_OF(
        "$2") " FROM (SELECT id FROM delivery WHERE state = 'waiting' AND not_before "
              "<= " INTAKE_TIME_OF("$1") " AND taken_until <= " INTAKE_TIME_OF(
                  "$1") " ORDER BY not_before, id LIMIT $3 FOR UPDATE SKIP LOCKED) due JOIN "
                        "delivery t ON t.id = due.id LEFT JOIN invitation i ON i.id = "
                        "t.invitation_id WHERE d.id = due.id RETURNING d.id, d.invitation_id, "
                        "d.way, d.kek_id, d.wrapped, d.content, d.attempts, i.id IS NULL OR "
                        "i.revoked IS NOT NULL OR i.received IS NOT NULL OR i.expires "
                        "<= " INTAKE_TIME_OF("$1")};
constexpr statement update_ended{
    "end_delivery",
    "UPDATE delivery SET state = $3, reason = nullif($4, ''), ended = " INTAKE_TIME_OF(
        "$5") ", content = ''::bytea WHERE id = $1 AND state = 'waiting' AND taken_until "
              "= " INTAKE_TIME_OF("$2")};
constexpr statement update_later{
    "try_delivery_later",
    "UPDATE delivery SET reason = nullif($3, ''), taken_until = '-infinity', not_before "
    "= " INTAKE_TIME_OF(
        "$4") " WHERE id = $1 AND state = 'waiting' AND taken_until = " INTAKE_TIME_OF("$2")};
constexpr statement select_standings{
    "select_delivery_standings",
    "SELECT DISTINCT ON (invitation_id) invitation_id, way, state, attempts, "
    INTAKE_MICROSECONDS_OF("ended") ", coalesce(reason, '') FROM delivery WHERE invitation_id = "
    "ANY($1::uuid[]) ORDER BY invitation_id, id DESC"};

delivery taken_row(pqxx::row const& row, certs::utc_time until) {
  delivery found;
  found.id = uuid_of(row[0]);
  found.invitation = uuid_of(row[1]);
  found.way = ways.parse(row[2].c_str()).value_or(delivery_way::mail);
  found.key = {row[3].as<std::string>(), bytes_of(row[4])};
  found.content = bytes_of(row[5]);
  found.attempts = row[6].as<std::int32_t>();
  found.taken_until = until;
  found.is_pointless = row[7].as<bool>();
  return found;
}

}  // namespace

std::string_view to_string(delivery_way way) {
  return ways.of(way);
}

std::optional<delivery_way> parse_delivery_way(std::string_view word) {
  return ways.parse(word);
}

void add_delivery(pool& connections, delivery const& made) {
  write(connections, [&](session_scope const& scope) {
    scope.run(insert_delivery, certs::to_string(made.id), certs::to_string(made.invitation),
              std::string(ways.of(made.way)), microseconds(made.created),
              made.actor ? certs::to_string(*made.actor) : std::string(), made.key.kek_id,
              binary(made.key.value), binary(made.content));
  });
}

std::vector<delivery> take_deliveries(pool& connections, int rows_max, certs::utc_time now,
                                      std::chrono::seconds hold) {
  auto list = write(connections, [&](session_scope const& scope) {
    std::vector<delivery> taken;
    for (auto const& row :
         scope.run(take_due, microseconds(now), microseconds(now + hold), rows_max)) {
      taken.push_back(taken_row(row, now + hold));
    }
    return taken;
  });
  std::ranges::sort(list, {}, &delivery::id);
  return list;
}

bool end_delivery(pool& connections, delivery const& one, delivery_state state,
                  std::string_view reason, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(update_ended, certs::to_string(one.id), microseconds(one.taken_until),
                    std::string(states.of(state)), std::string(reason), microseconds(now))
               .affected_rows() == 1;
  });
}

bool try_delivery_later(pool& connections, delivery const& one, std::string_view reason,
                        certs::utc_time not_before) {
  return write(connections, [&](session_scope const& scope) {
    return scope
               .run(update_later, certs::to_string(one.id), microseconds(one.taken_until),
                    std::string(reason), microseconds(not_before))
               .affected_rows() == 1;
  });
}

std::vector<delivery_standing> delivery_standings(pool& connections,
                                                  std::span<certs::uuid const> invitations) {
  array_text wanted;
  for (auto const& id : invitations) wanted.add(id);
  return read(connections, [&](session_scope const& scope) {
    std::vector<delivery_standing> list;
    for (auto const& row : scope.run(select_standings, wanted.take())) {
      delivery_standing one;
      one.invitation = uuid_of(row[0]);
      one.way = ways.parse(row[1].c_str()).value_or(delivery_way::mail);
      one.state = states.parse(row[2].c_str()).value_or(delivery_state::waiting);
      one.attempts = row[3].as<std::int32_t>();
      if (!row[4].is_null()) one.ended = time_of(row[4]);
      one.reason = row[5].as<std::string>();
      list.push_back(std::move(one));
    }
    return list;
  });
}

}  // namespace intake::db
