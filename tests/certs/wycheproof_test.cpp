#include "certs/hkdf.hpp"
#include "certs/key_wrap.hpp"
#include "tests/certs/hex.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace intake::certs {
namespace {

namespace json = boost::json;

// Vectors that attack the corners of an algorithm; the corpus is optional.
json::value vectors(std::string const& name) {
  auto const path = std::filesystem::path(INTAKE_SHARED) / "corpus/badinput/wycheproof" /
                    ("testvectors_v1__" + name + "_test.json");
  std::ifstream file(path);
  if (!file) return nullptr;
  std::ostringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

bytes hex_of(json::object const& test, char const* field) {
  return from_hex(std::string_view(test.at(field).as_string()));
}

/// Calls `check` with every group and test of a file; how many there were.
template <typename Check>
int each_test(json::value const& file, Check check) {
  int count = 0;
  for (auto const& group : file.at("testGroups").as_array()) {
    for (auto const& test : group.at("tests").as_array()) {
      auto const& fields = test.as_object();
      SCOPED_TRACE("tcId " + std::to_string(fields.at("tcId").as_int64()));
      check(group.as_object(), fields);
      ++count;
    }
  }
  return count;
}

TEST(Wycheproof, AesKeyWrap) {
  auto const file = vectors("aes_wrap");
  if (file.is_null()) GTEST_SKIP() << "the Wycheproof corpus is not here";
  int tried = 0;
  each_test(file, [&](json::object const& group, json::object const& test) {
    if (group.at("keySize").as_int64() != 256) return;
    ++tried;
    auto const kek = secret::copy_of(hex_of(test, "key"));
    auto const key = hex_of(test, "msg");
    auto const wrapped = hex_of(test, "ct");
    auto const unwrapped = aes_unwrap(kek, wrapped);
    // "acceptable" is a key of 8 bytes, which RFC 3394 does not wrap.
    EXPECT_EQ(unwrapped.has_value(), test.at("result").as_string() == "valid");
    if (!unwrapped) return;
    EXPECT_EQ(to_hex(unwrapped->view()), to_hex(key));
    EXPECT_EQ(aes_wrap(kek, key), wrapped);
  });
  EXPECT_GT(tried, 60);
}

TEST(Wycheproof, HkdfSha256) {
  auto const file = vectors("hkdf_sha256");
  if (file.is_null()) GTEST_SKIP() << "the Wycheproof corpus is not here";
  auto const tried = each_test(file, [](json::object const&, json::object const& test) {
    auto const size = static_cast<std::size_t>(test.at("size").as_int64());
    // Invalid is what asks for more than 255 blocks: our own bug, so no result but an abort.
    if (test.at("result").as_string() != "valid") {
      EXPECT_GT(size, 255U * 32U);
      return;
    }
    auto const key = hkdf_extract(hex_of(test, "salt"), hex_of(test, "ikm"));
    EXPECT_EQ(to_hex(hkdf_expand(key.view(), hex_of(test, "info"), size).view()),
              to_hex(hex_of(test, "okm")));
  });
  EXPECT_GT(tried, 60);
}

TEST(Wycheproof, HmacSha256) {
  auto const file = vectors("hmac_sha256");
  if (file.is_null()) GTEST_SKIP() << "the Wycheproof corpus is not here";
  auto const tried = each_test(file, [](json::object const&, json::object const& test) {
    auto const tag = hex_of(test, "tag");
    auto const mac = hmac_sha256(hex_of(test, "key"), hex_of(test, "msg"));
    EXPECT_EQ(equal_in_constant_time(bytes_view(mac).first(tag.size()), tag),
              test.at("result").as_string() == "valid");
  });
  EXPECT_GT(tried, 100);
}

}  // namespace
}  // namespace intake::certs
