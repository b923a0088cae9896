#include "db/passkeys.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

constexpr statement insert_passkey{
    "insert_passkey",
    "INSERT INTO passkey (credential_id, account_id, label, algorithm, public_key, sign_count, "
    "added) VALUES ($1, $2, $3, $4, $5, $6, " INTAKE_TIME_OF("$7") ") ON CONFLICT DO NOTHING"};
constexpr statement select_passkeys{
    "select_passkeys",
    "SELECT credential_id, label, algorithm, public_key, sign_count, " INTAKE_MICROSECONDS_OF(
        "added") ", " INTAKE_MICROSECONDS_OF("last_used") " FROM passkey WHERE account_id = $1 "
                                                          "ORDER BY added, credential_id"};
constexpr statement update_passkey{
    "use_passkey",
    "UPDATE passkey SET sign_count = $3, last_used = " INTAKE_TIME_OF(
        "$4") " WHERE credential_id = $1 AND (last_used IS NULL OR last_used < " INTAKE_TIME_OF(
        "$2") ") AND ($3 > sign_count OR ($3 = 0 AND sign_count = 0))"};
constexpr statement delete_passkey{
    "delete_passkey", "DELETE FROM passkey WHERE account_id = $1 AND credential_id = $2"};

bool changes_one(pool& connections, statement const& what, auto const&... values) {
  return write(connections, [&](session_scope const& scope) {
    return scope.run(what, values...).affected_rows() == 1;
  });
}

}  // namespace

bool add_passkey(pool& connections, passkey const& added) {
  return changes_one(connections, insert_passkey, binary(added.credential_id),
                     certs::to_string(added.account), added.label, added.algorithm,
                     binary(added.public_key), added.sign_count, microseconds(added.added));
}

std::vector<passkey> list_passkeys(pool& connections, certs::uuid account) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<passkey> list;
    for (auto const& row : scope.run(select_passkeys, certs::to_string(account))) {
      list.push_back(
          {.credential_id = bytes_of(row[0]),
           .account = account,
           .label = row[1].as<std::string>(),
           .algorithm = row[2].as<int>(),
           .public_key = bytes_of(row[3]),
           .sign_count = row[4].as<std::int64_t>(),
           .added = time_of(row[5]),
           .last_used = row[6].is_null() ? std::nullopt : std::optional(time_of(row[6]))});
    }
    return list;
  });
}

bool use_passkey(pool& connections, certs::bytes_view credential_id, certs::utc_time challenge_made,
                 std::int64_t sign_count, certs::utc_time now) {
  return changes_one(connections, update_passkey, binary(credential_id),
                     microseconds(challenge_made), sign_count, microseconds(now));
}

bool remove_passkey(pool& connections, certs::uuid account, certs::bytes_view credential_id) {
  return changes_one(connections, delete_passkey, certs::to_string(account), binary(credential_id));
}

}  // namespace intake::db
