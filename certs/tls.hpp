#pragma once
#include "certs/certificate.hpp"
#include "certs/uuid.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <boost/system/result.hpp>

struct ssl_ctx_st;
struct ssl_st;

/// The server's TLS policy: 1.2 and 1.3 with the suites of Mozilla's "intermediate" profile that
/// have elliptic curves; ALPN http/1.1; no compression, no renegotiation, no resumption.
namespace intake::certs {

struct tls_files {
  std::filesystem::path certificate_chain;  ///< PEM: the server's own first, then its issuers
  std::filesystem::path private_key;        ///< PEM, not encrypted, closed to others
  /// PEM: who may vouch for clients. With it a client is asked for a certificate, without one it
  /// still gets in (patients have none); a wrong one ends the handshake.
  std::optional<std::filesystem::path> client_ca;
};

enum class tls_fault_kind {
  unreadable,
  not_pem,
  encrypted_key,
  key_mismatch,
  chain_broken,  ///< a certificate is not the issuer of the one before
  not_yet_valid,
  expired,
  refused  ///< too weak, or otherwise not to OpenSSL's taste
};

struct tls_fault {
  tls_fault_kind kind{};
  std::string sentence;  ///< names the file
};

struct server_tls {
  std::shared_ptr<ssl_ctx_st> context;
  certificate_facts certificate;
};

/// All or nothing, so that a reload can keep what it has when this fails.
boost::system::result<server_tls, tls_fault> load_server_tls(tls_files const& files, utc_time now);

/// SHA-256 of the DER, in hexadecimal, of the client certificate that was verified on a connection:
/// a name could be given again, to another key.
std::optional<std::string> verified_client(ssl_st const* connection);

[[noreturn]] void throw_exception_from_error(tls_fault const& fault, boost::source_location const&);

}  // namespace intake::certs
