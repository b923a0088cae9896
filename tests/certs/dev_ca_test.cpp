#include "certs/dev_ca.hpp"

#include "certs/certificate.hpp"
#include "certs/random.hpp"
#include "certs/x509.hpp"
#include "tests/certs/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

using std::chrono::days;
using testing::Contains;
using testing::ElementsAre;

std::string file_text(std::filesystem::path const& path) {
  std::string text(std::filesystem::file_size(path), '\0');
  auto* const file = std::fopen(path.c_str(), "rb");
  auto const got = std::fread(text.data(), 1, text.size(), file);
  std::fclose(file);
  EXPECT_EQ(got, text.size());
  return text;
}

std::filesystem::perms mode_of(std::filesystem::path const& path) {
  return std::filesystem::status(path).permissions();
}

// What OpenSSL's verifier says of a certificate under an authority.
int verification_of(std::string const& certificate, std::string const& authority, int purpose) {
  auto const leaf = read_certificates(certificate);
  auto const root = read_certificates(authority);
  std::unique_ptr<X509_STORE, freed_by<X509_STORE_free>> const store(X509_STORE_new());
  std::unique_ptr<X509_STORE_CTX, freed_by<X509_STORE_CTX_free>> const check(X509_STORE_CTX_new());
  X509_STORE_add_cert(store.get(), root.at(0).get());
  X509_STORE_set_flags(store.get(), X509_V_FLAG_X509_STRICT);
  X509_STORE_CTX_init(check.get(), store.get(), leaf.at(0).get(), nullptr);
  X509_STORE_CTX_set_purpose(check.get(), purpose);
  X509_verify_cert(check.get());
  return X509_STORE_CTX_get_error(check.get());
}

class DevelopmentCa : public testing::Test {
 protected:
  world w = system_world();
  pem_identity ca = make_development_ca(w);
};

TEST_F(DevelopmentCa, IssuesWhatAStrictVerifierAccepts) {
  auto const server = issue_development_server(w, ca, {"intake.example"});
  auto const client = issue_client_certificate(w, ca, "ehr-bridge", days{30});
  EXPECT_EQ(verification_of(server.certificate, ca.certificate, X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
  EXPECT_EQ(verification_of(client.certificate, ca.certificate, X509_PURPOSE_SSL_CLIENT),
            X509_V_OK);
  EXPECT_NE(verification_of(client.certificate, ca.certificate, X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
  EXPECT_NE(verification_of(server.certificate, ca.certificate, X509_PURPOSE_SSL_CLIENT),
            X509_V_OK);
  EXPECT_NE(verification_of(server.certificate, make_development_ca(w).certificate,
                            X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
}

TEST_F(DevelopmentCa, NamesTheServerAsAsked) {
  auto const server =
      issue_development_server(w, ca, {"intake.example", "localhost", "192.0.2.7", "2001:db8::7"});
  EXPECT_THAT(
      read_certificate(server.certificate)->names,
      ElementsAre("localhost", "127.0.0.1", "::1", "intake.example", "192.0.2.7", "2001:db8::7"));
}

TEST_F(DevelopmentCa, RefusesNamesThatAreNone) {
  for (auto const* name : {"", " ", "a b", "x,DNS:evil.example", "x;y", "-a", "a.", "a..b", "*",
                           "caf\xc3\xa9.example", "http://x", "1.2.3.4:80", "dirName:x"}) {
    EXPECT_THROW(issue_development_server(w, ca, {name}), std::invalid_argument) << name;
  }
  EXPECT_THROW(issue_server_certificate(w, ca, {}, days{1}), std::invalid_argument);
  for (auto const* name : {"", "a,b", "a=b", "a+b", "line\nbreak"}) {
    EXPECT_THROW(issue_client_certificate(w, ca, name, days{1}), std::invalid_argument) << name;
  }
}

TEST_F(DevelopmentCa, IsRecognisedInWhateverItIssued) {
  auto const server = issue_development_server(w, ca, {});
  auto const client = issue_client_certificate(w, ca, "x", days{1});
  auto const real = make_authority(w, "Example Clinic CA", days{30});
  auto const own = issue_server_certificate(w, real, {"intake.example"}, days{30});
  EXPECT_TRUE(is_from_development_ca(ca.certificate));
  EXPECT_TRUE(is_from_development_ca(server.certificate));
  EXPECT_TRUE(is_from_development_ca(client.certificate));
  EXPECT_TRUE(is_from_development_ca(own.certificate + ca.certificate));
  EXPECT_FALSE(is_from_development_ca(own.certificate + real.certificate));
  EXPECT_FALSE(is_from_development_ca(""));
  EXPECT_FALSE(is_from_development_ca("nothing"));
}

TEST_F(DevelopmentCa, SerialNumbersDiffer) {
  auto const serial_of = [](pem_identity const& identity) {
    auto const all = read_certificates(identity.certificate);
    auto const* const number = X509_get0_serialNumber(all.at(0).get());
    auto const* const data = ASN1_STRING_get0_data(number);
    return bytes(data, data + ASN1_STRING_length(number));
  };
  auto const first = serial_of(issue_development_server(w, ca, {}));
  EXPECT_EQ(first.size(), 20U);
  EXPECT_NE(first, serial_of(issue_development_server(w, ca, {})));
}

TEST_F(DevelopmentCa, WritesItsFilesOnceAndKeepsThem) {
  temporary_folder const folder;
  create_development_files(w, folder / ".", {"intake.example"});
  EXPECT_EQ(folder.entries(), 4U);
  EXPECT_EQ(mode_of(folder / "ca.key"), std::filesystem::perms(0600));
  EXPECT_EQ(mode_of(folder / "server.key"), std::filesystem::perms(0600));
  EXPECT_EQ(mode_of(folder / "server.crt"), std::filesystem::perms(0644));
  auto const ca_text = file_text(folder / "ca.crt");
  auto const server_text = file_text(folder / "server.crt");
  EXPECT_THAT(read_certificate(server_text)->names, Contains("intake.example"));

  create_development_files(w, folder / ".", {"intake.example"});
  EXPECT_EQ(file_text(folder / "server.crt"), server_text);

  create_development_files(w, folder / ".", {"other.example"});
  EXPECT_EQ(file_text(folder / "ca.crt"), ca_text);
  EXPECT_THAT(read_certificate(file_text(folder / "server.crt"))->names, Contains("other.example"));

  std::filesystem::remove(folder / "server.key");
  create_development_files(w, folder / ".", {});
  EXPECT_EQ(file_text(folder / "ca.crt"), ca_text);
  EXPECT_NE(file_text(folder / "server.crt"), server_text);
  EXPECT_EQ(verification_of(file_text(folder / "server.crt"), ca_text, X509_PURPOSE_SSL_SERVER),
            X509_V_OK);

  std::filesystem::remove(folder / "ca.key");
  create_development_files(w, folder / ".", {});
  EXPECT_EQ(verification_of(file_text(folder / "server.crt"), file_text(folder / "ca.crt"),
                            X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
}

TEST_F(DevelopmentCa, RenewsWhatHasExpired) {
  temporary_folder const folder;
  create_development_files(w, folder / ".", {});
  auto const ca_text = file_text(folder / "ca.crt");
  auto const server_text = file_text(folder / "server.crt");
  world const next_year{.now = [&] { return w.now() + days{398}; }, .random = w.random};
  create_development_files(next_year, folder / ".", {});
  EXPECT_EQ(file_text(folder / "ca.crt"), ca_text);
  EXPECT_NE(file_text(folder / "server.crt"), server_text);
  world const years_later{.now = [&] { return w.now() + days{731}; }, .random = w.random};
  create_development_files(years_later, folder / ".", {});
  EXPECT_NE(file_text(folder / "ca.crt"), ca_text);
}

TEST(Certificate, NothingUnreadableHasFacts) {
  EXPECT_FALSE(read_certificate(""));
  EXPECT_FALSE(read_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}

}  // namespace
}  // namespace intake::certs
