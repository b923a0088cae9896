#include "certs/password.hpp"

#include "certs/random.hpp"
#include "tests/certs/hex.hpp"

#include <atomic>
#include <ctime>
#include <limits>
#include <thread>
#include <vector>

#include <argon2.h>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

class Password : public testing::Test {
 protected:
  world w = system_world();
  password_hasher hasher{w};
};

// RFC 9106 5.3 with its secret and additional data: the library that we link computes argon2id.
TEST(Argon2, KnownAnswerFromRfc9106) {
  bytes out(32);
  bytes password(32, 1);
  bytes salt(16, 2);
  bytes secret_key(8, 3);
  bytes data(12, 4);
  argon2_context context{};
  context.out = out.data();
  context.outlen = 32;
  context.pwd = password.data();
  context.pwdlen = 32;
  context.salt = salt.data();
  context.saltlen = 16;
  context.secret = secret_key.data();
  context.secretlen = 8;
  context.ad = data.data();
  context.adlen = 12;
  context.t_cost = 3;
  context.m_cost = 32;
  context.lanes = 4;
  context.threads = 1;
  context.version = ARGON2_VERSION_13;
  ASSERT_EQ(argon2id_ctx(&context), ARGON2_OK);
  EXPECT_EQ(to_hex(out), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

TEST_F(Password, MatchesItsHashAndNoOther) {
  auto const stored = hasher.hash(w, "correct horse");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << stored;
  EXPECT_EQ(hasher.verify("correct horse", stored), password_verdict::match);
  EXPECT_EQ(hasher.verify("Correct horse", stored), password_verdict::mismatch);
  EXPECT_EQ(hasher.verify("", stored), password_verdict::mismatch);
  EXPECT_NE(stored, hasher.hash(w, "correct horse"));
}

TEST_F(Password, BytesAfterANulCount) {
  using namespace std::string_view_literals;
  auto const stored = hasher.hash(w, "a\0b"sv);
  EXPECT_EQ(hasher.verify("a\0b"sv, stored), password_verdict::match);
  EXPECT_EQ(hasher.verify("a\0c"sv, stored), password_verdict::mismatch);
}

TEST_F(Password, AnUnknownUserCostsTheSameWork) {
  auto const stored = hasher.hash(w, "x");
  // Processor time: what else the machine does is no matter.
  auto const cost_of = [&](std::optional<std::string_view> candidate) {
    auto best = std::numeric_limits<std::clock_t>::max();
    for (int i = 0; i < 5; ++i) {
      auto const start = std::clock();
      EXPECT_EQ(hasher.verify("y", candidate), password_verdict::mismatch);
      best = std::min(best, std::clock() - start);
    }
    return best;
  };
  auto const known = cost_of(stored);
  EXPECT_GT(cost_of(std::nullopt) * 2, known);
  EXPECT_GT(cost_of("$argon2id$v=19$broken") * 2, known);
}

TEST_F(Password, StoredStringsOfOtherKindsNeverMatch) {
  auto const good = hasher.hash(w, "x");
  auto const replaced = [&](std::string_view what, std::string_view with) {
    auto text = good;
    return text.replace(text.find(what), what.size(), with);
  };
  for (auto const& stored :
       {std::string(), std::string("x"), replaced("argon2id", "argon2i"), replaced("v=19", "v=16"),
        replaced("m=19456", "m=4194304"), replaced("t=2", "t=4000000"),
        replaced("p=1", "p=16777215"), replaced("m=19456", "m=99999999999"),
        replaced("m=19456", "m=-1"), good + "A", good.substr(0, good.size() - 1),
        good + std::string(1000, 'A')}) {
    EXPECT_EQ(hasher.verify("x", stored), password_verdict::mismatch) << stored;
  }
}

TEST_F(Password, LongOnesAreRefusedNotCut) {
  std::string const longest(password_bytes_max, 'x');
  auto const stored = hasher.hash(w, longest);
  EXPECT_EQ(hasher.verify(longest, stored), password_verdict::match);
  EXPECT_EQ(hasher.verify(longest + 'x', stored), password_verdict::mismatch);
  EXPECT_THROW(hasher.hash(w, longest + 'x'), std::length_error);
}

TEST_F(Password, AFloodFindsALineThatEnds) {
  auto const stored = hasher.hash(w, "x");
  std::atomic<int> matched = 0;
  std::atomic<int> busy = 0;
  std::vector<std::jthread> flood;
  for (int i = 0; i < 24; ++i) {
    flood.emplace_back([&] {
      auto const verdict = hasher.verify("x", stored);
      if (verdict == password_verdict::match) ++matched;
      if (verdict == password_verdict::busy) ++busy;
    });
  }
  flood.clear();
  EXPECT_EQ(matched + busy, 24);
  EXPECT_GE(matched, password_hasher::running_max + password_hasher::waiting_max);
  EXPECT_GT(busy, 0);
  EXPECT_EQ(hasher.verify("x", stored), password_verdict::match);
}

TEST(NeedsRehash, LooksAtTheCosts) {
  EXPECT_FALSE(needs_rehash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"));
  for (auto const* stored :
       {"", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", "$argon2i$v=19$m=19456,t=2,p=1$c2Fs",
        "$argon2id$v=19$m=19456,t=2$c2FsdA$aGFzaA", "$2y$10$abcdefghijklmnopqrstuv"}) {
    EXPECT_TRUE(needs_rehash(stored)) << stored;
  }
}

}  // namespace
}  // namespace intake::certs
