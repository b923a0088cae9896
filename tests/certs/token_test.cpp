#include "certs/token.hpp"

#include "certs/base64.hpp"
#include "tests/certs/test_world.hpp"

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

class Token : public testing::Test {
 protected:
  keyring ring{secret::random(test_world(), 32)};
  utc_time expires = utc_time{seconds{1'800'000'000}};
  utc_time before = expires - microseconds{1};
  bytes subject = {1, 2, 0, 255};

  std::string mint() { return mint_token(ring, token_purpose::form, subject, expires); }
};

TEST_F(Token, GivesItsSubjectBackUntilItExpires) {
  auto const token = mint();
  EXPECT_EQ(check_token(ring, token_purpose::form, token, before).value(), subject);
  EXPECT_EQ(check_token(ring, token_purpose::form, token, expires).error(), token_error::expired);
}

TEST_F(Token, SubjectMayBeEmptyOrLongButNotLonger) {
  for (std::size_t const size : {std::size_t{0}, token_subject_bytes_max}) {
    subject = bytes(size, 7);
    EXPECT_EQ(check_token(ring, token_purpose::form, mint(), before).value(), subject);
  }
  subject = bytes(token_subject_bytes_max + 1);
  EXPECT_THROW(mint(), std::length_error);
}

TEST_F(Token, ServesOnePurpose) {
  for (auto const other :
       {token_purpose::submission_id, token_purpose::csrf, token_purpose::link}) {
    EXPECT_EQ(check_token(ring, other, mint(), before).error(), token_error::other_purpose);
  }
}

TEST_F(Token, ServesOneInstallation) {
  keyring const other(secret::random(test_world(2), 32));
  EXPECT_EQ(check_token(other, token_purpose::form, mint(), before).error(),
            token_error::not_authentic);
}

TEST_F(Token, AnyFlippedBitFails) {
  auto raw = base64url_decode(mint()).value();
  for (std::size_t bit = 0; bit < raw.size() * 8; ++bit) {
    auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
    raw[bit / 8] ^= mask;
    auto const expected = bit < 8 ? token_error::malformed : token_error::not_authentic;
    EXPECT_EQ(check_token(ring, token_purpose::form, base64url_encode(raw), before).error(),
              expected)
        << bit;
    raw[bit / 8] ^= mask;
  }
}

TEST_F(Token, AnyCutFailsAndGarbageIsMalformed) {
  auto const token = mint();
  for (std::size_t size = 0; size < token.size(); ++size) {
    EXPECT_FALSE(check_token(ring, token_purpose::form, token.substr(0, size), before)) << size;
  }
  for (auto const& text : {std::string(), std::string("Bearer x"), token + "=", " " + token,
                           std::string(100'000, 'A')}) {
    EXPECT_EQ(check_token(ring, token_purpose::form, text, before).error(), token_error::malformed);
  }
}

TEST_F(Token, FitsAHeaderAndAFormField) {
  EXPECT_EQ(
      mint().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
}

}  // namespace
}  // namespace intake::certs
