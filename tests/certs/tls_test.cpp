#include "certs/tls.hpp"

#include "certs/atomic_file.hpp"
#include "certs/dev_ca.hpp"
#include "certs/hex.hpp"
#include "certs/random.hpp"
#include "tests/certs/temporary_folder.hpp"
#include "tests/certs/tls_pair.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>

namespace intake::certs {
namespace {

using std::chrono::days;
using testing::HasSubstr;

// Reads like the files of an installation: made once, the tests copy and spoil them.
struct installation {
  world w = system_world();
  pem_identity ca = make_development_ca(w);
  pem_identity server = issue_development_server(w, ca, {});
};

installation const& pki() {
  static installation const one;
  return one;
}

class Tls : public testing::Test {
 protected:
  world w = system_world();
  temporary_folder folder;
  tls_files files{folder / "server.crt", folder / "server.key", std::nullopt};

  void SetUp() override {
    write(files.certificate_chain, pki().server.certificate);
    write(files.private_key, as_text(pki().server.private_key));
  }

  static void write(std::filesystem::path const& file, std::string_view text) {
    write_file_atomically(file, as_bytes(text), 0600, if_exists::replace);
  }

  void trust_clients_of(pem_identity const& authority) {
    files.client_ca = folder / "client_ca.crt";
    write(*files.client_ca, authority.certificate);
  }

  server_tls load() { return load_server_tls(files, w.now()).value(); }

  context_handle client() { return client_context(pki().ca.certificate); }

  static void present(SSL_CTX* context, pem_identity const& identity) {
    SSL_CTX_use_certificate(context, read_certificates(identity.certificate).at(0).get());
    SSL_CTX_use_PrivateKey(context, read_private_key(as_text(identity.private_key)).get());
  }

  void TearDown() override { ERR_clear_error(); }
};

TEST_F(Tls, SpeaksTls13WithAVerifyingClient) {
  auto const tls = load();
  auto const c = client();
  tls_pair pair(tls.context.get(), c.get());
  ASSERT_TRUE(pair.handshake());
  EXPECT_EQ(SSL_version(pair.client()), TLS1_3_VERSION);
  EXPECT_EQ(SSL_get_verify_result(pair.client()), X509_V_OK);
  EXPECT_FALSE(verified_client(pair.server()));
}

TEST_F(Tls, SpeaksTls12AndNothingOlder) {
  auto const tls = load();
  auto const c = client();
  SSL_CTX_set_max_proto_version(c.get(), TLS1_2_VERSION);
  EXPECT_TRUE(tls_pair(tls.context.get(), c.get()).handshake());
  SSL_CTX_set_security_level(c.get(), 0);
  SSL_CTX_set_min_proto_version(c.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(c.get(), TLS1_1_VERSION);
  EXPECT_FALSE(tls_pair(tls.context.get(), c.get()).handshake());
}

TEST_F(Tls, TakesForwardSecretAuthenticatedSuitesOnly) {
  auto const tls = load();
  struct suite {
    char const* name;
    bool good;
  };
  for (auto const s :
       {suite{"ECDHE-ECDSA-AES128-GCM-SHA256", true}, suite{"ECDHE-ECDSA-AES256-GCM-SHA384", true},
        suite{"ECDHE-ECDSA-CHACHA20-POLY1305", true}, suite{"ECDHE-ECDSA-AES128-SHA256", false},
        suite{"ECDHE-ECDSA-AES256-SHA", false}, suite{"AES128-GCM-SHA256", false},
        suite{"PSK-AES128-GCM-SHA256", false}}) {
    auto const c = client();
    SSL_CTX_set_max_proto_version(c.get(), TLS1_2_VERSION);
    ASSERT_EQ(SSL_CTX_set_cipher_list(c.get(), s.name), 1) << s.name;
    EXPECT_EQ(tls_pair(tls.context.get(), c.get()).handshake(), s.good) << s.name;
  }
}

TEST_F(Tls, SpeaksHttp11AndRefusesAClientThatOnlySpeaksH2) {
  auto const tls = load();
  auto const c = client();
  tls_pair both(tls.context.get(), c.get(), [](SSL* ssl) {
    SSL_set_alpn_protos(ssl, reinterpret_cast<unsigned char const*>("\x02h2\x08http/1.1"), 12);
  });
  ASSERT_TRUE(both.handshake());
  unsigned char const* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(both.client(), &protocol, &size);
  EXPECT_EQ(std::string_view(reinterpret_cast<char const*>(protocol), size), "http/1.1");

  tls_pair only_h2(tls.context.get(), c.get(), [](SSL* ssl) {
    SSL_set_alpn_protos(ssl, reinterpret_cast<unsigned char const*>("\x02h2"), 3);
  });
  EXPECT_FALSE(only_h2.handshake());
}

TEST_F(Tls, RefusesRenegotiationAndGivesNoTickets) {
  auto const tls = load();
  auto const c = client();
  SSL_CTX_set_max_proto_version(c.get(), TLS1_2_VERSION);
  tls_pair pair(tls.context.get(), c.get());
  ASSERT_TRUE(pair.handshake());
  EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get_session(pair.client())), 0);
  SSL_renegotiate(pair.client());
  EXPECT_FALSE(pair.handshake());
}

TEST_F(Tls, NamesAVerifiedClient) {
  auto const authority = make_authority(w, "Clinic clients", days{30});
  trust_clients_of(authority);
  auto const tls = load();
  auto const c = client();
  auto const issued = issue_client_certificate(w, authority, "ehr-bridge", days{30});
  present(c.get(), issued);
  tls_pair pair(tls.context.get(), c.get());
  ASSERT_TRUE(pair.handshake());
  std::string fingerprint;
  append_hex(fingerprint, read_certificate(issued.certificate)->fingerprint);
  EXPECT_EQ(verified_client(pair.server()), fingerprint);
}

TEST_F(Tls, LetsPatientsInWithoutACertificate) {
  trust_clients_of(make_authority(w, "Clinic clients", days{30}));
  auto const tls = load();
  auto const c = client();
  tls_pair pair(tls.context.get(), c.get());
  ASSERT_TRUE(pair.handshake());
  EXPECT_FALSE(verified_client(pair.server()));
}

TEST_F(Tls, EndsTheHandshakeForAWrongClientCertificate) {
  auto const authority = make_authority(w, "Clinic clients", days{30});
  trust_clients_of(authority);
  auto const tls = load();
  world yesterday{.now = [&] { return w.now() - days{2}; }, .random = w.random};
  auto const same_name = make_authority(w, "Clinic clients", days{30});
  struct wrong_client {
    char const* name;
    pem_identity identity;
  };
  wrong_client const cases[] = {
      {"another authority of that name", issue_client_certificate(w, same_name, "x", days{30})},
      {"expired", issue_client_certificate(yesterday, authority, "x", days{1})},
      {"a server's", issue_server_certificate(w, authority, {"localhost"}, days{30})},
  };
  for (auto const& wrong : cases) {
    auto const c = client();
    present(c.get(), wrong.identity);
    EXPECT_FALSE(tls_pair(tls.context.get(), c.get()).handshake()) << wrong.name;
    ERR_clear_error();
  }
}

TEST_F(Tls, SendsTheWholeChain) {
  auto const bundle = pki().server.certificate + pki().ca.certificate;
  write(files.certificate_chain, bundle);
  auto const tls = load();
  auto const c = client();
  tls_pair pair(tls.context.get(), c.get());
  ASSERT_TRUE(pair.handshake());
  EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(pair.client())), 2);
}

TEST_F(Tls, TellsWhatItLoaded) {
  auto const facts = load().certificate;
  EXPECT_EQ(facts.subject, "CN=localhost");
  EXPECT_EQ(facts.issuer, "CN=" + std::string(development_ca_name));
  EXPECT_THAT(facts.names, testing::ElementsAre("localhost", "127.0.0.1", "::1"));
  EXPECT_LT(facts.not_before, w.now());
  EXPECT_GT(facts.not_after, w.now() + days{396});
}

TEST_F(Tls, SaysWhatIsWrongWithTheFiles) {
  auto const other = issue_development_server(w, pki().ca, {});
  auto const own_chain = pki().server.certificate;
  auto const own_key = std::string(as_text(pki().server.private_key));
  auto const encrypted =
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n-----END ENCRYPTED PRIVATE KEY-----\n";
  struct wrong_files {
    char const* name;
    std::string chain;
    std::string key;
    tls_fault_kind kind;
    char const* sentence;
  };
  wrong_files const cases[] = {
      {"other key", own_chain, std::string(as_text(other.private_key)),
       tls_fault_kind::key_mismatch, "does not belong to"},
      {"empty chain", "", own_key, tls_fault_kind::not_pem, "server.crt: not a list"},
      {"chain is a key", own_key, own_key, tls_fault_kind::not_pem, "server.crt: not a list"},
      {"cut certificate", own_chain.substr(0, 200), own_key, tls_fault_kind::not_pem,
       "server.crt: not a list"},
      {"cut second certificate", own_chain + own_chain.substr(0, 200), own_key,
       tls_fault_kind::not_pem, "server.crt: not a list"},
      {"key is a certificate", own_chain, own_chain, tls_fault_kind::not_pem,
       "server.key: not a private key"},
      {"encrypted key", own_chain, encrypted, tls_fault_kind::encrypted_key, "passphrase"},
      {"chain in wrong order", own_chain + other.certificate, own_key, tls_fault_kind::chain_broken,
       "certificate 2 did not issue"},
  };
  for (auto const& c : cases) {
    write(files.certificate_chain, c.chain);
    write(files.private_key, c.key);
    auto const loaded = load_server_tls(files, w.now());
    ASSERT_FALSE(loaded) << c.name;
    EXPECT_EQ(loaded.error().kind, c.kind) << c.name << ": " << loaded.error().sentence;
    EXPECT_THAT(loaded.error().sentence, HasSubstr(c.sentence)) << c.name;
    EXPECT_EQ(ERR_peek_error(), 0UL) << c.name << " leaves an OpenSSL error behind";
  }
}

TEST_F(Tls, SaysWhenACertificateIsNotOfItsTime) {
  auto const early = load_server_tls(files, w.now() - days{1}).error();
  EXPECT_EQ(early.kind, tls_fault_kind::not_yet_valid);
  auto const late = load_server_tls(files, w.now() + days{398}).error();
  EXPECT_EQ(late.kind, tls_fault_kind::expired);
  EXPECT_THAT(late.sentence, HasSubstr("server.crt: expired on 20"));
}

TEST_F(Tls, SaysWhatCannotBeRead) {
  files.certificate_chain = folder / "missing.crt";
  EXPECT_THAT(load_server_tls(files, w.now()).error().sentence, HasSubstr("missing.crt"));
  SetUp();
  files.certificate_chain = folder / "server.crt";
  std::filesystem::permissions(files.private_key, std::filesystem::perms(0644));
  auto const open_key = load_server_tls(files, w.now()).error();
  EXPECT_EQ(open_key.kind, tls_fault_kind::unreadable);
  EXPECT_THAT(open_key.sentence, HasSubstr("chmod 600"));
}

TEST_F(Tls, ClientCaMustBeReadable) {
  files.client_ca = folder / "client_ca.crt";
  EXPECT_EQ(load_server_tls(files, w.now()).error().kind, tls_fault_kind::unreadable);
  write(*files.client_ca, "nothing\n");
  EXPECT_EQ(load_server_tls(files, w.now()).error().kind, tls_fault_kind::not_pem);
}

TEST_F(Tls, RefusesAWeakKey) {
  key_handle const weak(EVP_RSA_gen(1024));
  x509_handle const certificate(X509_new());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), weak.get());
  X509_sign(certificate.get(), weak.get(), EVP_sha256());
  write(files.certificate_chain, certificate_pem(certificate.get()));
  write(files.private_key, as_text(private_key_pem(weak.get())));
  auto const refused = load_server_tls(files, w.now());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, tls_fault_kind::refused);
}

}  // namespace
}  // namespace intake::certs
