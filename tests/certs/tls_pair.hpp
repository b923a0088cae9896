#pragma once
#include "certs/x509.hpp"

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace intake::certs {

/// A client and a server that talk through memory.
class tls_pair {
 public:
  using client_setup = void (*)(SSL*);

  tls_pair(SSL_CTX* server, SSL_CTX* client, client_setup setup = nullptr)
      : server_(SSL_new(server)), client_(SSL_new(client)) {
    BIO* of_server = nullptr;
    BIO* of_client = nullptr;
    BIO_new_bio_pair(&of_server, 0, &of_client, 0);
    SSL_set_bio(server_.get(), of_server, of_server);
    SSL_set_bio(client_.get(), of_client, of_client);
    SSL_set_accept_state(server_.get());
    SSL_set_connect_state(client_.get());
    if (setup != nullptr) setup(client_.get());
  }

  /// Whether both sides finished.
  bool handshake() {
    for (int round = 0; round < 10; ++round) {
      auto const client_done = SSL_do_handshake(client_.get()) == 1;
      auto const server_done = SSL_do_handshake(server_.get()) == 1;
      if (client_done && server_done) return true;
    }
    return false;
  }

  SSL* server() { return server_.get(); }
  SSL* client() { return client_.get(); }

 private:
  std::unique_ptr<SSL, freed_by<SSL_free>> server_;
  std::unique_ptr<SSL, freed_by<SSL_free>> client_;
};

using context_handle = std::unique_ptr<SSL_CTX, freed_by<SSL_CTX_free>>;

/// A client that trusts one authority and expects the host "localhost".
inline context_handle client_context(std::string const& ca_pem) {
  context_handle context(SSL_CTX_new(TLS_client_method()));
  auto const ca = read_certificates(ca_pem);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), ca.at(0).get());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  X509_VERIFY_PARAM_set1_host(SSL_CTX_get0_param(context.get()), "localhost", 0);
  return context;
}

}  // namespace intake::certs
