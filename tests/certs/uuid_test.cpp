#include "certs/uuid.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

TEST(Uuid, KnownAnswerFromRfc9562AppendixA6) {
  // RFC 9562 A.6: 2022-02-22T19:22:22.000Z is 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
  auto const expected = parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").value();
  world const fixed{
      .now = [] { return utc_time{std::chrono::milliseconds{0x017F22E279B0}}; },
      .random =
          [&](std::span<std::uint8_t> out) { std::ranges::copy(expected.value, out.begin()); }};
  EXPECT_EQ(new_uuid_v7(fixed), expected);
}

TEST(Uuid, WritesWhatItReads) {
  std::string const text = "0190163d-8694-739b-aea5-966c26f8ad91";
  EXPECT_EQ(to_string(parse_uuid(text).value()), text);
}

TEST(Uuid, RefusesEverythingElse) {
  for (auto const* text :
       {"", "0190163d-8694-739b-aea5-966c26f8ad9", "0190163d-8694-739b-aea5-966c26f8ad911",
        "0190163d08694-739b-aea5-966c26f8ad91", "{190163d-8694-739b-aea5-966c26f8ad9}",
        "0190163g-8694-739b-aea5-966c26f8ad91"}) {
    EXPECT_FALSE(parse_uuid(text)) << text;
  }
}

}  // namespace
}  // namespace intake::certs
