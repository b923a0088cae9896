#include "certs/digest.hpp"

#include "certs/hash_chain.hpp"
#include "certs/hkdf.hpp"
#include "certs/keyring.hpp"
#include "tests/certs/hex.hpp"
#include "tests/certs/test_world.hpp"

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

TEST(Sha256, KnownAnswersFromFips180) {
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha1, KnownAnswersFromFips180) {
  EXPECT_EQ(to_hex(sha1(as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(sha1({})), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

struct hmac_case {
  char const* name;
  bytes key;
  bytes data;
  char const* expected;
};

// RFC 4231 4.2 to 4.8, without the truncated 4.6.
TEST(HmacSha256, KnownAnswersFromRfc4231) {
  hmac_case const cases[] = {
      {"4.2", bytes(20, 0x0b), from_hex("4869205468657265"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"4.3 key shorter than the hash", from_hex("4a656665"),
       from_hex("7768617420646f2079612077616e7420666f72206e6f7468696e673f"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {"4.4", bytes(20, 0xaa), bytes(50, 0xdd),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {"4.5", from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), bytes(50, 0xcd),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {"4.7 key longer than a block", bytes(131, 0xaa),
       from_hex("54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
                "65204b6579202d2048617368204b6579204669727374"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  };
  for (auto const& c : cases) EXPECT_EQ(to_hex(hmac_sha256(c.key, c.data)), c.expected) << c.name;
}

struct hkdf_case {
  char const* name;
  bytes input_key;
  bytes salt;
  bytes info;
  char const* pseudorandom_key;
  char const* output;
};

bytes counting(std::uint8_t from, std::uint8_t to) {
  bytes result;
  for (int i = from; i <= to; ++i) result.push_back(static_cast<std::uint8_t>(i));
  return result;
}

TEST(Hkdf, KnownAnswersFromRfc5869AppendixA) {
  hkdf_case const cases[] = {
      {"A.1", bytes(22, 0x0b), counting(0x00, 0x0c), counting(0xf0, 0xf9),
       "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
       "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
      {"A.2 longer inputs and outputs", counting(0x00, 0x4f), counting(0x60, 0xaf),
       counting(0xb0, 0xff), "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e5"
       "9"
       "0e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
      {"A.3 no salt, no info",
       bytes(22, 0x0b),
       {},
       {},
       "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
       "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
  };
  for (auto const& c : cases) {
    auto const key = hkdf_extract(c.salt, c.input_key);
    EXPECT_EQ(to_hex(key.view()), c.pseudorandom_key) << c.name;
    auto const size = std::string_view(c.output).size() / 2;
    EXPECT_EQ(to_hex(hkdf_expand(key.view(), c.info, size).view()), c.output) << c.name;
  }
}

TEST(HashChain, FieldsThatJoinToTheSameTextLinkDifferently) {
  hash256 const start{};
  bytes_view const one[] = {as_bytes("ab"), as_bytes("c")};
  bytes_view const two[] = {as_bytes("a"), as_bytes("bc")};
  bytes_view const three[] = {as_bytes("abc"), as_bytes("")};
  EXPECT_NE(chain_link(start, one), chain_link(start, two));
  EXPECT_NE(chain_link(start, two), chain_link(start, three));
}

TEST(HashChain, LinkIsTheDocumentedHash) {
  // 32 zero bytes, then 0000000000000002 "ab", 0000000000000000 "".
  auto const message =
      from_hex(std::string(64, '0') + "0000000000000002" + "6162" + "0000000000000000");
  bytes_view const fields[] = {as_bytes("ab"), as_bytes("")};
  EXPECT_EQ(chain_link(hash256{}, fields), sha256(message));
}

TEST(HashChain, HeadMacDependsOnEveryField) {
  auto const key = bytes(32, 7);
  chain_head const head{"clinic-1", "batch", 41, sha256(as_bytes("x"))};
  auto const mac = head_mac(key, head);
  EXPECT_EQ(mac, head_mac(key, head));
  chain_head const others[] = {
      {"clinic-2", "batch", 41, head.hash},
      {"clinic-1", "desk", 41, head.hash},
      {"clinic-1b", "atch", 41, head.hash},
      {"clinic-1", "batch", 42, head.hash},
      {"clinic-1", "batch", 41, sha256(as_bytes("y"))},
  };
  for (auto const& other : others) EXPECT_NE(mac, head_mac(key, other));
  EXPECT_NE(mac, head_mac(bytes(32, 8), head));
}

TEST(Keyring, EveryRoleHasItsOwnKeyAndTheRootDecidesThemAll) {
  auto const root = secret::random(test_world(), 32);
  keyring const ring(root);
  keyring const again(root);
  keyring const other(secret::random(test_world(2), 32));
  for (std::size_t i = 0; i < key_role_count; ++i) {
    auto const role = static_cast<key_role>(i);
    EXPECT_TRUE(ring.key(role) == again.key(role));
    EXPECT_FALSE(ring.key(role) == other.key(role));
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(ring.key(role) == ring.key(static_cast<key_role>(j)));
    }
  }
}

TEST(Keyring, DerivesAsDocumented) {
  secret const root(32);
  auto const extracted = hkdf_extract({}, root.view());
  auto const expected =
      hkdf_expand(extracted.view(), as_bytes("intake keyring 1 token signing"), 32);
  EXPECT_TRUE(keyring(root).key(key_role::token_signing) == expected);
}

}  // namespace
}  // namespace intake::certs
