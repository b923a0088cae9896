#include "certs/base64.hpp"

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

std::string text_of(std::optional<bytes> const& data) {
  return data ? std::string(data->begin(), data->end()) : "(none)";
}

TEST(Base64, KnownAnswersOfRfc4648Section10) {
  struct {
    std::string_view plain, padded, url;
  } const cases[] = {{"", "", ""},
                     {"f", "Zg==", "Zg"},
                     {"fo", "Zm8=", "Zm8"},
                     {"foo", "Zm9v", "Zm9v"},
                     {"foob", "Zm9vYg==", "Zm9vYg"},
                     {"fooba", "Zm9vYmE=", "Zm9vYmE"},
                     {"foobar", "Zm9vYmFy", "Zm9vYmFy"}};
  for (auto const& each : cases) {
    EXPECT_EQ(base64url_encode(as_bytes(each.plain)), each.url);
    EXPECT_EQ(text_of(base64url_decode(each.url)), each.plain);
    EXPECT_EQ(text_of(base64_decode(each.padded)), each.plain);
  }
}

TEST(Base64, EveryByteComesBack) {
  bytes data;
  for (int i = 0; i < 256; ++i) {
    data.push_back(static_cast<std::uint8_t>(i * 7));
    EXPECT_EQ(base64url_decode(base64url_encode(data)), data);
  }
}

TEST(Base64, RefusesWhatItWouldNotWrite) {
  for (auto const* text : {"Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
  for (auto const* text : {"Zg", "Zg=", "Zg===", "Zm-v", "=Zg=", "Zh=="}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

}  // namespace
}  // namespace intake::certs
