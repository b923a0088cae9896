#include "certs/ed25519.hpp"

#include "tests/certs/hex.hpp"
#include "tests/certs/test_world.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

// RFC 8032 7.1, TEST 1.
TEST(Ed25519, KnownAnswer) {
  auto const key =
      secret::copy_of(from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(to_hex(ed25519_public_of(key)),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      to_hex(ed25519_sign(key, {})),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
      "f9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Ed25519, AnyFlippedBitFails) {
  auto const key = secret::random(test_world(), 32);
  auto const signer = ed25519_public_of(key);
  bytes const message{1, 2, 3, 4};
  auto const signature = ed25519_sign(key, message);
  EXPECT_TRUE(ed25519_verify(signer, message, signature));
  for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    auto changed = signature;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(ed25519_verify(signer, message, changed)) << bit;
  }
  for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
    auto changed = message;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(ed25519_verify(signer, changed, signature)) << bit;
  }
  auto const other = ed25519_public_of(secret::random(test_world(5), 32));
  EXPECT_FALSE(ed25519_verify(other, message, signature));
}

}  // namespace
}  // namespace intake::certs
