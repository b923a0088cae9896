// Machines that prove who they are by a certificate of the clinic's own authority.
#include "certs/certificate.hpp"
#include "certs/hex.hpp"
#include "tests/journeys/command_clinic.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::tests {
namespace {

using testing::HasSubstr;

class ClientCertificates : public testing::Test {
 protected:
  ClientCertificates() {
    std::ofstream(home.path("intake.toml"), std::ios::app)
        << "[tls]\nclient_authority_file = \"clients.crt\"\nclient_authority_key_file = "
           "\"clients.key\"\n";
  }

  ended issue(std::string const& name, std::vector<std::string> const& scopes,
              std::string const& folder = {}) {
    std::vector<std::string> line{"certs", "issue", name, "-o", home.path(folder)};
    for (auto const& each : scopes) line.insert(line.end(), {"--scope", each});
    return home.run(line);
  }

  std::string fingerprint(std::string const& file) {
    std::string text;
    auto const facts = certs::read_certificate(read_text_file(home.path(file)));
    if (facts) certs::append_hex(text, facts->fingerprint);
    return text;
  }

  int status(std::string const& fingerprint, std::string const& path = "/fhir/Consent") {
    service::request asked;
    asked.path = path;
    asked.client_certificate = fingerprint;
    asked.received = home.home.now;
    return service::dispatch(home.home.app(), asked).status;
  }

  command_clinic home;
};

TEST_F(ClientCertificates, AreIssuedByAnAuthorityThatTheFirstOneMakes) {
  auto const first = issue("records", {"read:consent"});
  ASSERT_EQ(first.code, 0) << first.said;
  EXPECT_TRUE(says(first, "Made the authority"));
  EXPECT_TRUE(says(first, "records.key"));
  auto const second = issue("lab", {"submit"});
  ASSERT_EQ(second.code, 0) << second.said;
  EXPECT_FALSE(says(second, "Made the authority"));
  for (auto const* key : {"records.key", "clients.key"}) {
    EXPECT_EQ(std::filesystem::status(home.path(key)).permissions() &
                  (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none)
        << key;
  }
  EXPECT_EQ(certs::read_certificate(read_text_file(home.path("records.crt")))->issuer,
            "CN=Intake API clients");
  EXPECT_TRUE(says(home.run({"client", "list"}), "read:consent"));
}

TEST_F(ClientCertificates, LetInWhomTheyStandForUntilTheyAreTakenBack) {
  ASSERT_EQ(issue("records", {"read:consent"}).code, 0);
  auto const mine = fingerprint("records.crt");
  EXPECT_EQ(status(mine), 200);
  EXPECT_EQ(status(mine, "/fhir/Patient"), 403);
  EXPECT_EQ(status(std::string(64, 'a')), 401);
  EXPECT_EQ(status("nonsense"), 401);
  EXPECT_EQ(home.home.rows().value("SELECT actor FROM audit_event WHERE action = "
                                   "'consents-searched'"),
            "records");
  // Another certificate of the same client, as for a renewal; then the first is taken back.
  std::filesystem::create_directory(home.path("next"));
  ASSERT_EQ(issue("records", {}, "next").code, 0);
  auto const next = fingerprint("next/records.crt");
  EXPECT_EQ(status(next), 200);
  ASSERT_EQ(home.run({"certs", "revoke", mine}).code, 0);
  home.home.now += service::client_cache_seconds;
  EXPECT_EQ(status(mine), 401);
  EXPECT_EQ(status(next), 200);
  ASSERT_EQ(home.run({"certs", "revoke", "records"}).code, 0);
  home.home.now += service::client_cache_seconds;
  EXPECT_EQ(status(next), 401);
  EXPECT_EQ(home.run({"certs", "revoke", "records"}).code, 1);
  EXPECT_TRUE(says(home.run({"certs", "list"}), "taken back"));
  EXPECT_EQ(home.home.rows().value("SELECT count(*) FROM audit_event WHERE action IN "
                                   "('certificate-issued', 'certificate-revoked') AND who = "
                                   "'command'"),
            "4");
}

TEST_F(ClientCertificates, EndWithTheirTimeAndWithTheirClient) {
  ASSERT_EQ(issue("records", {"read:consent"}).code, 0);
  auto const mine = fingerprint("records.crt");
  ASSERT_EQ(issue("lab", {"read:consent"}).code, 0);
  auto const other = fingerprint("lab.crt");
  EXPECT_EQ(status(other), 200);
  ASSERT_EQ(home.run({"client", "disable", "lab"}).code, 0);
  home.home.now += service::client_cache_seconds;
  EXPECT_EQ(status(other), 401);
  EXPECT_EQ(status(mine), 200);
  home.home.now += std::chrono::days(398);
  EXPECT_EQ(status(mine), 401);
}

TEST_F(ClientCertificates, OrderlyRefusals) {
  ASSERT_EQ(issue("records", {"read:consent"}).code, 0);
  struct refusal {
    char const* name;
    std::vector<std::string> scopes;
    int code;
    char const* words;
  };
  refusal const cases[] = {
      {"records", {}, 3, "records.key"},
      {"records", {"submit"}, 1, "other scopes"},
      {"nobody", {}, 2, "say what it may do"},
      {"x", {"read:everything"}, 2, "there is no scope"},
      {"a:b", {"submit"}, 2, "plain characters"},
      {"a,CN=b", {"submit"}, 2, "plain characters"},
      {"", {"submit"}, 2, "plain characters"},
  };
  for (auto const& each : cases) {
    auto const end = issue(each.name, each.scopes);
    EXPECT_EQ(end.code, each.code) << each.name << end.said;
    EXPECT_THAT(end.said, HasSubstr(each.words));
  }
  std::filesystem::remove(home.path("clients.key"));
  EXPECT_TRUE(says(issue("late", {"submit"}), "only one is there"));
  EXPECT_EQ(home.run({"certs", "revoke", std::string(64, 'b')}).code, 1);
  EXPECT_EQ(home.run({"client", "disable", "nobody"}).code, 1);
}

TEST(ClientCertificatesWithoutAuthority, SayWhatToConfigure) {
  command_clinic home;
  auto const end = home.run({"certs", "issue", "records", "--scope", "submit"});
  EXPECT_EQ(end.code, 2);
  EXPECT_TRUE(says(end, "client_authority_key_file"));
}

}  // namespace
}  // namespace intake::tests
