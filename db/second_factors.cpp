#include "db/second_factors.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement upsert_totp{
    "upsert_totp",
    "INSERT INTO account_totp (account_id, kek_id, wrapped, sealed, last_step) VALUES ($1, $2, $3, "
    "$4, 0) ON CONFLICT (account_id) DO UPDATE SET kek_id = excluded.kek_id, wrapped = "
    "excluded.wrapped, sealed = excluded.sealed, last_step = 0 WHERE account_totp.confirmed IS "
    "NULL"};
constexpr statement select_totp{
    "select_totp", "SELECT kek_id, wrapped, sealed, last_step, " INTAKE_MICROSECONDS_OF(
                       "confirmed") " FROM account_totp WHERE account_id = $1"};
constexpr statement update_totp_step{
    "update_totp_step",
    "UPDATE account_totp SET last_step = $2, confirmed = coalesce(confirmed, " INTAKE_TIME_OF(
        "$3") ") WHERE account_id = $1 AND last_step < $2"};
constexpr statement delete_totp{"delete_totp", "DELETE FROM account_totp WHERE account_id = $1"};

#define INTAKE_FACTORS                                                                          \
  "SELECT a.id, EXISTS (SELECT FROM account_totp t WHERE t.account_id = a.id AND t.confirmed "  \
  "IS NOT NULL), (SELECT count(*) FROM passkey p WHERE p.account_id = a.id), (SELECT count(*) " \
  "FROM recovery_code r WHERE r.account_id = a.id AND r.used IS NULL) FROM account a "
constexpr statement select_factors{"select_factors", INTAKE_FACTORS "WHERE a.id = $1"};
constexpr statement select_all_factors{"select_all_factors", INTAKE_FACTORS "ORDER BY a.id"};
#undef INTAKE_FACTORS

constexpr statement insert_code{"insert_recovery_code",
                                "INSERT INTO recovery_code (account_id, verifier) VALUES ($1, $2)"};
constexpr statement update_code{
    "use_recovery_code", "UPDATE recovery_code SET used = " INTAKE_TIME_OF(
                             "$3") " WHERE account_id = $1 AND verifier = $2 AND used IS NULL"};
constexpr statement delete_codes{"delete_recovery_codes",
                                 "DELETE FROM recovery_code WHERE account_id = $1"};
constexpr statement delete_passkeys{"delete_passkeys", "DELETE FROM passkey WHERE account_id = $1"};
constexpr statement delete_sessions{"delete_sessions_of_factors",
                                    "DELETE FROM session WHERE account_id = $1"};

constexpr statement upsert_set_up{
    "upsert_set_up",
    "INSERT INTO account_set_up (account_id, verifier, expires) VALUES ($1, $2, " INTAKE_TIME_OF(
        "$3") ") ON CONFLICT (account_id) DO UPDATE SET verifier = excluded.verifier, expires = "
              "excluded.expires"};
constexpr statement delete_set_up{"use_set_up",
                                  "DELETE FROM account_set_up WHERE account_id = $1 AND verifier = "
                                  "$2 AND expires > " INTAKE_TIME_OF("$3")};
constexpr statement select_set_up{"select_set_up",
                                  "SELECT 1 FROM account_set_up WHERE account_id = $1 AND verifier "
                                  "= $2 AND expires > " INTAKE_TIME_OF("$3")};

factor_counts counts_of(pqxx::row const& row) {
  return {.account = uuid_of(row[0]),
          .totp = row[1].as<bool>(),
          .passkeys = row[2].as<int>(),
          .recovery_codes_left = row[3].as<int>()};
}

bool changes_one(pool& connections, statement const& what, auto const&... values) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(what, values...).affected_rows() == 1;
  });
}

}  // namespace

bool store_totp(pool& connections, totp_factor const& factor) {
  return changes_one(connections, upsert_totp, certs::to_string(factor.account), factor.key.kek_id,
                     binary(factor.key.value), binary(factor.sealed));
}

std::optional<totp_factor> find_totp(pool& connections, certs::uuid account) {
  return read(connections, [&](session_scope const& scope) -> std::optional<totp_factor> {
    auto const rows = scope.run(select_totp, certs::to_string(account));
    if (rows.empty()) return std::nullopt;
    auto const row = rows[0];
    totp_factor found;
    found.account = account;
    found.key = {row[0].as<std::string>(), bytes_of(row[1])};
    found.sealed = bytes_of(row[2]);
    found.last_step = row[3].as<std::int64_t>();
    if (!row[4].is_null()) found.confirmed = time_of(row[4]);
    return found;
  });
}

bool use_totp_step(pool& connections, certs::uuid account, std::int64_t step, certs::utc_time now) {
  return changes_one(connections, update_totp_step, certs::to_string(account), step,
                     microseconds(now));
}

factor_counts count_factors(pool& connections, certs::uuid account) {
  return read(connections, [&](session_scope const& scope) {
    auto const rows = scope.run(select_factors, certs::to_string(account));
    factor_counts none;
    none.account = account;
    return rows.empty() ? none : counts_of(rows[0]);
  });
}

std::vector<factor_counts> count_all_factors(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<factor_counts> list;
    for (auto const& row : scope.run(select_all_factors)) list.push_back(counts_of(row));
    return list;
  });
}

void store_recovery_codes(pool& connections, certs::uuid account,
                          std::vector<certs::hash256> const& verifiers) {
  write(connections, [&](session_scope const& scope) {
    scope.run(delete_codes, certs::to_string(account));
    for (auto const& each : verifiers) {
      scope.run(insert_code, certs::to_string(account), binary(each));
    }
  });
}

bool use_recovery_code(pool& connections, certs::uuid account, certs::hash256 const& verifier,
                       certs::utc_time now) {
  return changes_one(connections, update_code, certs::to_string(account), binary(verifier),
                     microseconds(now));
}

void remove_totp(pool& connections, certs::uuid account) {
  write(connections,
        [&](session_scope const& scope) { scope.run(delete_totp, certs::to_string(account)); });
}

void remove_all_factors(pool& connections, certs::uuid account) {
  write(connections, [&](session_scope const& scope) {
    for (auto const* each : {&delete_totp, &delete_codes, &delete_passkeys, &delete_sessions}) {
      scope.run(*each, certs::to_string(account));
    }
  });
}

void store_set_up(pool& connections, certs::uuid account, certs::hash256 const& verifier,
                  certs::utc_time expires) {
  write(connections, [&](session_scope const& scope) {
    scope.run(upsert_set_up, certs::to_string(account), binary(verifier), microseconds(expires));
  });
}

bool use_set_up(pool& connections, certs::uuid account, certs::hash256 const& verifier,
                certs::utc_time now) {
  return changes_one(connections, delete_set_up, certs::to_string(account), binary(verifier),
                     microseconds(now));
}

bool has_set_up(pool& connections, certs::uuid account, certs::hash256 const& verifier,
                certs::utc_time now) {
  return read(connections, [&](session_scope const& scope) {
    return !scope.run(select_set_up, certs::to_string(account), binary(verifier), microseconds(now))
                .empty();
  });
}

}  // namespace intake::db
