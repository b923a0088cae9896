#include "certs/tls.hpp"

#include "certs/atomic_file.hpp"
#include "certs/hex.hpp"
#include "certs/utc_text.hpp"
#include "certs/x509.hpp"

#include <stdexcept>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace intake::certs {
namespace {

using boost::system::result;
using std::filesystem::path;
using optional_fault = std::optional<tls_fault>;

constexpr std::size_t pem_bytes_max = 256 * 1024;

// Mozilla server side TLS 5.7, "intermediate", without finite-field Diffie-Hellman, which only
// clients without elliptic curves need.
constexpr char const* tls_1_2_suites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char const* tls_1_3_suites =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr char const* groups = "X25519:P-256:P-384";
// OpenSSL's level 2: at least 112 bits, so no RSA below 2,048 and no SHA-1.
constexpr int security_level = 2;
constexpr std::string_view alpn = "\x08http/1.1";

struct pem_files {
  wiped_bytes chain;
  wiped_bytes key;
  wiped_bytes client_ca;
};

struct server_identity {
  std::vector<x509_handle> chain;
  key_handle key;
};

tls_fault fault(tls_fault_kind kind, path const& file, std::string_view what) {
  return {kind, file.string() + ": " + std::string(what)};
}

result<pem_files, tls_fault> read_files(tls_files const& files) {
  try {
    pem_files read{read_small_file(files.certificate_chain, pem_bytes_max, readers::anyone),
                   read_small_file(files.private_key, pem_bytes_max, readers::owner_and_group),
                   {}};
    if (files.client_ca) {
      read.client_ca = read_small_file(*files.client_ca, pem_bytes_max, readers::anyone);
    }
    return read;
  } catch (std::runtime_error const& e) {
    return tls_fault{tls_fault_kind::unreadable, e.what()};
  }
}

optional_fault flaw_of_chain(std::vector<x509_handle> const& chain, path const& file) {
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    if (X509_check_issued(chain[i + 1].get(), chain[i].get()) != X509_V_OK) {
      return fault(tls_fault_kind::chain_broken, file,
                   "certificate " + std::to_string(i + 2) + " did not issue the one before it");
    }
  }
  return std::nullopt;
}

optional_fault flaw_of_times(X509 const* certificate, path const& file, utc_time now) {
  auto const not_before = asn1_time(X509_get0_notBefore(certificate));
  auto const not_after = asn1_time(X509_get0_notAfter(certificate));
  if (!not_before || !not_after) {
    return fault(tls_fault_kind::not_pem, file, "the certificate has no readable validity");
  }
  if (now < *not_before) {
    return fault(tls_fault_kind::not_yet_valid, file, "not valid before " + utc_text(*not_before));
  }
  if (now > *not_after) {
    return fault(tls_fault_kind::expired, file, "expired on " + utc_text(*not_after));
  }
  return std::nullopt;
}

result<server_identity, tls_fault> read_identity(pem_files const& read, tls_files const& files,
                                                 utc_time now) {
  server_identity identity{read_certificates(as_text(read.chain)),
                           read_private_key(as_text(read.key))};
  if (identity.chain.empty()) {
    return fault(tls_fault_kind::not_pem, files.certificate_chain,
                 "not a list of certificates in PEM form");
  }
  if (!identity.key && as_text(read.key).find("ENCRYPTED") != std::string_view::npos) {
    return fault(tls_fault_kind::encrypted_key, files.private_key,
                 "the key has a passphrase; remove it with: openssl pkey");
  }
  if (!identity.key) {
    return fault(tls_fault_kind::not_pem, files.private_key, "not a private key in PEM form");
  }
  auto* const own = identity.chain.front().get();
  if (X509_check_private_key(own, identity.key.get()) != 1) {
    ERR_clear_error();
    return fault(tls_fault_kind::key_mismatch, files.private_key,
                 "this key does not belong to " + files.certificate_chain.string());
  }
  if (auto flaw = flaw_of_chain(identity.chain, files.certificate_chain)) return std::move(*flaw);
  if (auto flaw = flaw_of_times(own, files.certificate_chain, now)) return std::move(*flaw);
  return identity;
}

// A client that offers only other protocols (h2 alone) gets the alert of RFC 7301 3.2.
int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* chosen_size,
                    unsigned char const* offered, unsigned int offered_size, void*) {
  unsigned char* match = nullptr;
  auto const* const ours = reinterpret_cast<unsigned char const*>(alpn.data());
  auto const outcome = SSL_select_next_proto(
      &match, chosen_size, ours, static_cast<unsigned int>(alpn.size()), offered, offered_size);
  *chosen = match;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_policy(SSL_CTX* context) {
  SSL_CTX_set_security_level(context, security_level);
  must(static_cast<int>(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION)), "ask for TLS 1.2");
  must(SSL_CTX_set_cipher_list(context, tls_1_2_suites), "set the TLS 1.2 suites");
  must(SSL_CTX_set_ciphersuites(context, tls_1_3_suites), "set the TLS 1.3 suites");
  must(static_cast<int>(SSL_CTX_set1_groups_list(context, groups)), "set the TLS groups");
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                   SSL_OP_CLEANSE_PLAINTEXT);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  // Resumption would save a signature and cost a ticket key to rotate and to guard.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  must(SSL_CTX_set_num_tickets(context, 0), "leave out session tickets");
}

bool use_identity(SSL_CTX* context, server_identity const& identity) {
  if (SSL_CTX_use_certificate(context, identity.chain.front().get()) != 1) return false;
  if (SSL_CTX_use_PrivateKey(context, identity.key.get()) != 1) return false;
  for (std::size_t i = 1; i < identity.chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context, identity.chain[i].get()) != 1) return false;
  }
  return true;
}

optional_fault ask_for_clients(SSL_CTX* context, wiped_bytes const& pem, path const& file) {
  auto const authorities = read_certificates(as_text(pem));
  if (authorities.empty()) {
    return fault(tls_fault_kind::not_pem, file, "not a list of certificates in PEM form");
  }
  for (auto const& authority : authorities) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
        SSL_CTX_add_client_CA(context, authority.get()) != 1) {
      ERR_clear_error();
      return fault(tls_fault_kind::refused, file, "OpenSSL does not accept the client CA");
    }
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return std::nullopt;
}

}  // namespace

result<server_tls, tls_fault> load_server_tls(tls_files const& files, utc_time now) {
  auto const read = read_files(files);
  if (!read) return read.error();
  auto const identity = read_identity(*read, files, now);
  if (!identity) return identity.error();
  std::shared_ptr<SSL_CTX> const context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  set_policy(context.get());
  if (!use_identity(context.get(), *identity)) {
    ERR_clear_error();
    return fault(tls_fault_kind::refused, files.certificate_chain,
                 "OpenSSL refuses this certificate or its key as too weak");
  }
  if (files.client_ca) {
    auto flaw = ask_for_clients(context.get(), read->client_ca, *files.client_ca);
    if (flaw) return std::move(*flaw);
  }
  return server_tls{context, read_certificate(as_text(read->chain)).value()};
}

std::optional<std::string> verified_client(ssl_st const* connection) {
  auto const* const certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr || SSL_get_verify_result(connection) != X509_V_OK) {
    return std::nullopt;
  }
  hash256 fingerprint{};
  if (X509_digest(certificate, sha_256(), fingerprint.data(), nullptr) != 1) return std::nullopt;
  std::string text;
  append_hex(text, fingerprint);
  return text;
}

void throw_exception_from_error(tls_fault const& f, boost::source_location const&) {
  throw std::runtime_error(f.sentence);
}

}  // namespace intake::certs
