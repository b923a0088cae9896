#include "certs/totp.hpp"

#include "certs/base32.hpp"

#include <array>
#include <chrono>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

constexpr std::string_view rfc_key = "12345678901234567890";

utc_time at(std::int64_t unix_seconds) {
  return utc_time(std::chrono::seconds(unix_seconds));
}

// RFC 4226, appendix D.
TEST(Totp, GivesThePublishedCodesOfACounter) {
  constexpr std::array codes{"755224", "287082", "359152", "969429", "338314",
                             "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < codes.size(); ++counter) {
    EXPECT_EQ(one_time_code(as_bytes(rfc_key), counter), codes[counter]) << counter;
  }
}

// RFC 6238, appendix B, the rows of SHA1.
TEST(Totp, GivesThePublishedCodesOfATime) {
  struct {
    std::int64_t seconds;
    std::string_view code;
  } constexpr rows[] = {{59, "94287082"},         {1111111109, "07081804"},
                        {1111111111, "14050471"}, {1234567890, "89005924"},
                        {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (auto const& row : rows) {
    auto const step = static_cast<std::uint64_t>(totp_step(at(row.seconds)));
    EXPECT_EQ(one_time_code(as_bytes(rfc_key), step, 8), row.code) << row.seconds;
  }
}

TEST(Totp, TakesTheStepsBesideAndNoneTwice) {
  auto const now = at(1234567890);
  auto const step = totp_step(now);
  auto const code_at = [&](std::int64_t which) {
    return one_time_code(as_bytes(rfc_key), static_cast<std::uint64_t>(which));
  };
  for (auto const each : {step - 1, step, step + 1}) {
    EXPECT_EQ(totp_matching_step(as_bytes(rfc_key), now, 0, code_at(each)), each);
  }
  EXPECT_FALSE(totp_matching_step(as_bytes(rfc_key), now, 0, code_at(step - 2)));
  EXPECT_FALSE(totp_matching_step(as_bytes(rfc_key), now, 0, code_at(step + 2)));
  EXPECT_FALSE(totp_matching_step(as_bytes(rfc_key), now, step, code_at(step))) << "used before";
  EXPECT_FALSE(totp_matching_step(as_bytes(rfc_key), now, step, code_at(step - 1))) << "an older";
  EXPECT_EQ(totp_matching_step(as_bytes(rfc_key), now, step, code_at(step + 1)), step + 1);
}

TEST(Totp, ReadsACodeWithASpaceAndNothingElse) {
  auto const now = at(1234567890);
  auto code = one_time_code(as_bytes(rfc_key), static_cast<std::uint64_t>(totp_step(now)));
  for (auto const& wrong : {std::string(), code.substr(1), code + "0", "x" + code.substr(1)}) {
    EXPECT_FALSE(totp_matching_step(as_bytes(rfc_key), now, 0, wrong)) << wrong;
  }
  code.insert(3, " ");
  EXPECT_TRUE(totp_matching_step(as_bytes(rfc_key), now, 0, code));
}

// RFC 4648 10, without the padding.
TEST(Base32, WritesThePublishedExamples) {
  struct {
    std::string_view text;
    std::string_view written;
  } constexpr rows[] = {{"", ""},
                        {"f", "MY"},
                        {"fo", "MZXQ"},
                        {"foo", "MZXW6"},
                        {"foob", "MZXW6YQ"},
                        {"fooba", "MZXW6YTB"},
                        {"foobar", "MZXW6YTBOI"}};
  for (auto const& row : rows) EXPECT_EQ(base32_encode(as_bytes(row.text)), row.written);
}

}  // namespace
}  // namespace intake::certs
