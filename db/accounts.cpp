#include "db/accounts.hpp"

#include "db/errors.hpp"
#include "db/names.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr enum_names<account_role, 5> roles{
    {"front-desk", "clinician", "billing", "manager", "administrator"}};

#define INTAKE_ACCOUNT                                             \
  "SELECT id, name, role, password_hash, " INTAKE_MICROSECONDS_OF( \
      "created") ", " INTAKE_MICROSECONDS_OF("disabled") ", demo, short_password FROM account "

constexpr statement insert_account{
    "insert_account",
    "INSERT INTO account (id, name, role, password_hash, created, disabled, demo, short_password) "
    "VALUES ($1, $2, $3, $4, " INTAKE_TIME_OF("$5") ", " INTAKE_TIME_OF("$6") ", $7, $8)"
    " ON CONFLICT DO NOTHING"};
constexpr statement select_account_by_name{"select_account_by_name",
                                           INTAKE_ACCOUNT "WHERE lower(name) = lower($1)"};
constexpr statement select_account_by_id{"select_account_by_id", INTAKE_ACCOUNT "WHERE id = $1"};
constexpr statement select_accounts{"select_accounts", INTAKE_ACCOUNT "ORDER BY lower(name)"};
constexpr statement update_password{
    "update_password", "UPDATE account SET password_hash = $2, short_password = $3 WHERE id = $1"};
constexpr statement update_role{"update_role", "UPDATE account SET role = $2 WHERE id = $1"};
constexpr statement update_disabled{
    "update_disabled",
    "UPDATE account SET disabled = coalesce(disabled, " INTAKE_TIME_OF("$2") ") WHERE id = $1"};
constexpr statement update_enabled{"update_enabled",
                                   "UPDATE account SET disabled = NULL WHERE id = $1"};
constexpr statement lock_administrators{
    "lock_administrators", "SELECT pg_advisory_xact_lock(hashtext('intake administrators'))"};
constexpr statement select_only_administrator{
    "select_only_administrator",
    "SELECT count(*) = 1 AND bool_and(id = $1) IS TRUE FROM account WHERE role = 'administrator' "
    "AND disabled IS NULL"};
constexpr statement delete_sessions{"delete_sessions", "DELETE FROM session WHERE account_id = $1"};

std::optional<certs::utc_time> time_if_any(pqxx::field const& field) {
  return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

account account_of(pqxx::row const& row) {
  auto const role = parse_account_role(row[2].c_str());
  if (!role) throw unavailable("the database holds a role that its schema forbids");
  return {.id = uuid_of(row[0]),
          .name = row[1].as<std::string>(),
          .role = *role,
          .password_hash = row[3].as<std::string>(),
          .created = time_of(row[4]),
          .disabled = time_if_any(row[5]),
          .demo = row[6].as<bool>(),
          .short_password = row[7].as<bool>()};
}

std::optional<account> first_account(pqxx::result const& rows) {
  return rows.empty() ? std::nullopt : std::optional(account_of(rows[0]));
}

account_change outcome_of(pqxx::result const& changed) {
  return changed.affected_rows() == 1 ? account_change::done : account_change::not_found;
}

/// Changes the account, and signs it out everywhere.
template <typename... Values>
account_change change(pool& connections, statement const& what, certs::uuid id,
                      Values const&... values) {
  return write(connections, [&](session_scope const& scope) {
    auto const changed = scope.run(what, certs::to_string(id), values...);
    scope.run(delete_sessions, certs::to_string(id));
    return outcome_of(changed);
  });
}

/// The same, but never to the only administrator who can sign in. The lock makes two who remove
/// each other wait.
template <typename... Values>
account_change change_but_last(pool& connections, statement const& what, certs::uuid id,
                               Values const&... values) {
  return write(connections, [&](session_scope const& scope) {
    scope.run(lock_administrators);
    if (scope.run(select_only_administrator, certs::to_string(id))[0][0].as<bool>()) {
      return account_change::last_administrator;
    }
    auto const changed = scope.run(what, certs::to_string(id), values...);
    scope.run(delete_sessions, certs::to_string(id));
    return outcome_of(changed);
  });
}

}  // namespace

std::string_view to_string(account_role role) {
  return roles.of(role);
}

std::optional<account_role> parse_account_role(std::string_view word) {
  return roles.parse(word);
}

account_change add_account(pool& connections, account const& added) {
  auto const disabled =
      added.disabled ? std::optional(microseconds(*added.disabled)) : std::optional<long long>();
  return write(connections, [&](session_scope const& scope) {
    auto const inserted =
        scope.run(insert_account, certs::to_string(added.id), added.name,
                  std::string(to_string(added.role)), added.password_hash,
                  microseconds(added.created), disabled, added.demo, added.short_password);
    return inserted.affected_rows() == 1 ? account_change::done : account_change::name_taken;
  });
}

std::optional<account> find_account(pool& connections, std::string_view name) {
  if (!is_text(name)) return std::nullopt;
  return read(connections, [&](session_scope const& scope) {
    return first_account(scope.run(select_account_by_name, std::string(name)));
  });
}

std::optional<account> find_account(pool& connections, certs::uuid id) {
  return read(connections, [&](session_scope const& scope) {
    return first_account(scope.run(select_account_by_id, certs::to_string(id)));
  });
}

std::vector<account> list_accounts(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<account> list;
    for (auto const& row : scope.run(select_accounts)) list.push_back(account_of(row));
    return list;
  });
}

account_change change_password(pool& connections, certs::uuid id, std::string_view password_hash,
                               password_length length) {
  return change(connections, update_password, id, std::string(password_hash),
                length == password_length::short_beside_second_factor);
}

account_change change_role(pool& connections, certs::uuid id, account_role role) {
  if (role == account_role::administrator) {
    return change(connections, update_role, id, std::string(to_string(role)));
  }
  return change_but_last(connections, update_role, id, std::string(to_string(role)));
}

account_change disable_account(pool& connections, certs::uuid id, certs::utc_time now) {
  return change_but_last(connections, update_disabled, id, microseconds(now));
}

account_change enable_account(pool& connections, certs::uuid id) {
  return change(connections, update_enabled, id);
}

}  // namespace intake::db
