#include "db/clients.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_CLIENT                                                        \
  "SELECT id, secret_hash, array_to_string(scopes, "                         \
  "E'\\n'), " INTAKE_MICROSECONDS_OF("created") ", " INTAKE_MICROSECONDS_OF( \
      "disabled") ", demo FROM client "

constexpr statement insert_client{
    "insert_client",
    "INSERT INTO client (id, secret_hash, scopes, created, demo) VALUES "
    "($1, $2, $3, " INTAKE_TIME_OF("$4") ", $5) ON CONFLICT DO NOTHING"};
constexpr statement select_client{"select_client", INTAKE_CLIENT "WHERE id = $1"};
constexpr statement select_clients{"select_clients", INTAKE_CLIENT "ORDER BY id"};
constexpr statement update_client_disabled{
    "update_client_disabled",
    "UPDATE client SET disabled = coalesce(disabled, " INTAKE_TIME_OF("$2") ") WHERE id = $1"};

client client_of(pqxx::row const& row) {
  client found{.id = row[0].as<std::string>(),
               .secret_hash = bytes_of(row[1]),
               .scopes = lines_of(row[2]),
               .created = time_of(row[3]),
               .disabled = {},
               .demo = row[5].as<bool>()};
  if (!row[4].is_null()) found.disabled = time_of(row[4]);
  return found;
}

std::optional<client> find(pool& connections, statement const& query, std::string_view value) {
  if (!is_text(value)) return std::nullopt;
  return read(connections, [&](session_scope const& scope) -> std::optional<client> {
    auto const rows = scope.run(query, std::string(value));
    if (rows.empty()) return std::nullopt;
    return client_of(rows[0]);
  });
}

}  // namespace

account_change add_client(pool& connections, client const& added) {
  return write(connections, [&](session_scope const& scope) {
    auto const inserted =
        scope.run(insert_client, added.id, binary(added.secret_hash), to_array(added.scopes),
                  microseconds(added.created), added.demo);
    return inserted.affected_rows() == 1 ? account_change::done : account_change::name_taken;
  });
}

std::optional<client> find_client(pool& connections, std::string_view id) {
  return find(connections, select_client, id);
}

std::vector<client> list_clients(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<client> list;
    for (auto const& row : scope.run(select_clients)) list.push_back(client_of(row));
    return list;
  });
}

account_change disable_client(pool& connections, std::string_view id, certs::utc_time now) {
  if (!is_text(id)) return account_change::not_found;
  return write(connections, [&](session_scope const& scope) {
    auto const changed = scope.run(update_client_disabled, std::string(id), microseconds(now));
    return changed.affected_rows() == 1 ? account_change::done : account_change::not_found;
  });
}

}  // namespace intake::db
