#include "db/client_certificates.hpp"

#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

#define INTAKE_CERTIFICATE \
  "SELECT fingerprint, client_id, subject, " INTAKE_MICROSECONDS_OF(                       \
      "issued") ", " INTAKE_MICROSECONDS_OF("not_after") ", " INTAKE_MICROSECONDS_OF(      \
      "revoked") " FROM client_certificate "

constexpr statement insert_certificate{
    "insert_client_certificate",
    "INSERT INTO client_certificate (fingerprint, client_id, subject, issued, not_after) VALUES "
    "($1, $2, $3, " INTAKE_TIME_OF("$4") ", " INTAKE_TIME_OF("$5") ") ON CONFLICT DO NOTHING"};
constexpr statement select_certificate{"select_client_certificate",
                                       INTAKE_CERTIFICATE "WHERE fingerprint = $1"};
constexpr statement select_certificates{"select_client_certificates", INTAKE_CERTIFICATE
                                        "ORDER BY client_id, issued DESC, fingerprint"};
constexpr statement update_revoked{"revoke_client_certificate",
                                   "UPDATE client_certificate SET revoked = " INTAKE_TIME_OF(
                                       "$2") " WHERE fingerprint = $1 AND revoked IS NULL"};
constexpr statement update_revoked_of{"revoke_client_certificates_of",
                                      "UPDATE client_certificate SET revoked = " INTAKE_TIME_OF(
                                          "$2") " WHERE client_id = $1 AND revoked IS NULL"};

client_certificate certificate_of(pqxx::row const& row) {
  client_certificate found{.fingerprint = hash_of(row[0]),
                           .client = row[1].as<std::string>(),
                           .subject = row[2].as<std::string>(),
                           .issued = time_of(row[3]),
                           .not_after = time_of(row[4])};
  if (!row[5].is_null()) found.revoked = time_of(row[5]);
  return found;
}

}  // namespace

account_change add_certificate(pool& connections, client_certificate const& added) {
  return write(connections, [&](session_scope const& scope) {
    auto const inserted =
        scope.run(insert_certificate, binary(added.fingerprint), added.client, added.subject,
                  microseconds(added.issued), microseconds(added.not_after));
    return inserted.affected_rows() == 1 ? account_change::done : account_change::name_taken;
  });
}

std::optional<certified_client> find_certified(pool& connections,
                                               certs::hash256 const& fingerprint) {
  auto certificate =
      read(connections, [&](session_scope const& scope) -> std::optional<client_certificate> {
        auto const rows = scope.run(select_certificate, binary(fingerprint));
        if (rows.empty()) return std::nullopt;
        return certificate_of(rows[0]);
      });
  if (!certificate) return std::nullopt;
  auto owner = find_client(connections, certificate->client);
  if (!owner) return std::nullopt;
  return certified_client{std::move(*owner), std::move(*certificate)};
}

std::vector<client_certificate> list_certificates(pool& connections) {
  return read(connections, [&](session_scope const& scope) {
    std::vector<client_certificate> list;
    for (auto const& row : scope.run(select_certificates)) list.push_back(certificate_of(row));
    return list;
  });
}

int revoke_certificate(pool& connections, certs::hash256 const& fingerprint, certs::utc_time now) {
  return write(connections, [&](session_scope const& scope) {
    return static_cast<int>(
        scope.run(update_revoked, binary(fingerprint), microseconds(now)).affected_rows());
  });
}

int revoke_certificates_of(pool& connections, std::string_view client, certs::utc_time now) {
  if (!is_text(client)) return 0;
  return write(connections, [&](session_scope const& scope) {
    return static_cast<int>(
        scope.run(update_revoked_of, std::string(client), microseconds(now)).affected_rows());
  });
}

}  // namespace intake::db
