#include "service/passkeys/verify.hpp"

#include "certs/base64.hpp"

#include <gtest/gtest.h>

namespace intake::service::passkeys {
namespace {

// Made once by a program that shares no code with libfido2 (Node's crypto): keys for desk.example,
// count 7 at registration and 8 at the assertion.
struct known_key {
  char const* name;
  int algorithm;
  char const* registration;
  char const* assertion;
  char const* signature;
};

constexpr known_key keys[] = {
    {"es256", -7,
     "XkUwuGZsUU-YkAZdBEvuDTuIVcZHezyUEp5h7xrsX5xBAAAABwAAAAAAAAAAAAAAAAAAAAAAGAABAgMEBQYHCAkKCwwN"
     "Dg8QERITFBUWF6UBAgMmIAEhWCCpY2C_F018De6LVRRGcwSMTgSZBRkxYT6bsdgIBsff_CJYIHLpnRfp4Zh7wmsYEq2E"
     "TcoNPNpdKg4bn915LqaGVG1V",
     "XkUwuGZsUU-YkAZdBEvuDTuIVcZHezyUEp5h7xrsX5wBAAAACA",
     "MEUCIEqOH91rfobzj-r8V6UYfCZMTXy9N-U3uuGfS_H48OERAiEA7Zg57BDi4rnFSIdq2iVwkhuCyAmX-7PSwck6chYZ"
     "C3o"},
    {"eddsa", -8,
     "XkUwuGZsUU-YkAZdBEvuDTuIVcZHezyUEp5h7xrsX5xBAAAABwAAAAAAAAAAAAAAAAAAAAAAGAABAgMEBQYHCAkKCwwN"
     "Dg8QERITFBUWF6QBAQMnIAYhWCDVFyx6G7EsOa49ez8JVF0d7t5_xLSZOvdFOuz1Fep-cg",
     "XkUwuGZsUU-YkAZdBEvuDTuIVcZHezyUEp5h7xrsX5wBAAAACA",
     "ogdkXKZnj2s71-rhOiA8KpRVek2pYCKQgKs4gVVJMp3GK27zY8n1jLXTk7s5FYvo8sptbJpRYbh4yPt4R2KtDQ"},
};

constexpr std::string_view challenge = "c29tZS1jaGFsbGVuZ2U";

relying_party const desk = party_of("https://desk.example:8443");

std::string client_data(std::string_view type, std::string_view asked = challenge,
                        std::string_view origin = "https://desk.example:8443") {
  return R"({"type":")" + std::string(type) + R"(","challenge":")" + std::string(asked) +
         R"(","origin":")" + std::string(origin) + R"(","crossOrigin":false})";
}

certs::bytes decoded(char const* text) {
  return *certs::base64url_decode(text);
}

std::optional<registration> registered(known_key const& key, std::string const& said,
                                       relying_party const& party = desk) {
  return read_registration(party, challenge, certs::as_bytes(said), decoded(key.registration));
}

assertion assertion_of(known_key const& key) {
  auto const said = client_data("webauthn.get");
  return {.client_data = {said.begin(), said.end()},
          .authenticator_data = decoded(key.assertion),
          .signature = decoded(key.signature)};
}

class passkeys_known : public testing::TestWithParam<known_key> {};

TEST_P(passkeys_known, registers_and_signs_in) {
  auto const made = registered(GetParam(), client_data("webauthn.create"));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->credential_id.size(), 24U);
  EXPECT_EQ(made->key.algorithm, GetParam().algorithm);
  EXPECT_EQ(made->sign_count, 7U);
  EXPECT_EQ(check_assertion(desk, challenge, assertion_of(GetParam()), made->key), 8U);
}

TEST_P(passkeys_known, any_flipped_bit_fails) {
  auto const made = registered(GetParam(), client_data("webauthn.create"));
  ASSERT_TRUE(made);
  auto const good = assertion_of(GetParam());
  for (auto const part :
       {&assertion::client_data, &assertion::authenticator_data, &assertion::signature}) {
    for (std::size_t at = 0; at < (good.*part).size(); ++at) {
      auto changed = good;
      (changed.*part)[at] ^= 0x04;
      EXPECT_FALSE(check_assertion(desk, challenge, changed, made->key)) << at;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(keys, passkeys_known, testing::ValuesIn(keys),
                         [](auto const& shown) { return shown.param.name; });

TEST(Passkeys, ARegistrationIsForThisPageThisChallengeAndThisAct) {
  struct {
    char const* name;
    std::string said;
  } const wrong[] = {
      {"another act", client_data("webauthn.get")},
      {"another challenge", client_data("webauthn.create", "b3RoZXI")},
      {"another site", client_data("webauthn.create", challenge, "https://desk.example.org:8443")},
      {"another port", client_data("webauthn.create", challenge, "https://desk.example")},
      {"inside another site's page",
       R"({"type":"webauthn.create","challenge":"c29tZS1jaGFsbGVuZ2U",)"
       R"("origin":"https://desk.example:8443","crossOrigin":true})"},
      {"no JSON", "webauthn.create"},
      {"nothing", ""},
  };
  for (auto const& each : wrong) EXPECT_FALSE(registered(keys[0], each.said)) << each.name;
  EXPECT_FALSE(registered(keys[0], client_data("webauthn.create"),
                          {.id = "example", .origin = "https://desk.example:8443"}))
      << "another host";
}

TEST(Passkeys, WhatIsCutOffAnywhereIsNoRegistration) {
  auto const whole = decoded(keys[0].registration);
  auto const said = client_data("webauthn.create");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(read_registration(desk, challenge, certs::as_bytes(said),
                                   certs::bytes_view(whole).first(size)))
        << size;
  }
}

TEST(Passkeys, AKeyThatWasNotTouchedDoesNotCount) {
  auto data = decoded(keys[0].registration);
  data[32] = 0x40;
  auto const said = client_data("webauthn.create");
  EXPECT_FALSE(read_registration(desk, challenge, certs::as_bytes(said), data));
}

TEST(Passkeys, ThePartyIsTheHostWithoutItsPort) {
  EXPECT_EQ(party_of("https://localhost:8443").id, "localhost");
  EXPECT_EQ(party_of("https://forms.clinic.example").id, "forms.clinic.example");
}

}  // namespace
}  // namespace intake::service::passkeys
