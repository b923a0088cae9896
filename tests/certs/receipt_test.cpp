#include "certs/receipt.hpp"

#include "certs/crockford.hpp"
#include "tests/certs/test_world.hpp"

#include <set>

#include <gtest/gtest.h>

namespace intake::certs {
namespace {

TEST(Receipt, ReadsWhatItWrites) {
  auto const w = test_world();
  std::set<receipt> seen;
  for (int i = 0; i < 10'000; ++i) {
    auto const r = new_receipt(w);
    ASSERT_EQ(parse_receipt(to_string(r)), r);
    ASSERT_EQ(parse_receipt(spoken_form(r)), r);
    seen.insert(r);
  }
  EXPECT_EQ(seen.size(), 10'000U);
}

TEST(Receipt, ReadsWhatPeopleType) {
  auto const plain = parse_receipt("0000000000");
  ASSERT_TRUE(plain);
  EXPECT_EQ(to_string(*plain), "0000000000");
  EXPECT_EQ(spoken_form(*plain), "00000-00000");
  EXPECT_EQ(parse_receipt("ooooo-OOOOO"), plain);
  auto const w = test_world();
  for (int i = 0; i < 1000; ++i) {
    auto const r = new_receipt(w);
    std::string typed = " ";
    for (auto const c : to_string(r)) {
      typed += c == '1' ? (i % 2 == 0 ? 'l' : 'I') : c == '0' ? 'o' : static_cast<char>(c | 0x20);
      typed += i % 3 == 0 ? "-" : i % 3 == 1 ? " " : "";
    }
    ASSERT_EQ(parse_receipt(typed), r) << typed;
  }
}

TEST(Receipt, EveryWrongCharacterAndEverySwapIsFound) {
  auto const w = test_world();
  for (int i = 0; i < 100; ++i) {
    auto const text = to_string(new_receipt(w));
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (auto const c : crockford_alphabet) {
        auto wrong = text;
        wrong[at] = c;
        ASSERT_EQ(parse_receipt(wrong).has_value(), c == text[at]) << text << " " << wrong;
      }
      for (std::size_t other = 0; other < at; ++other) {
        auto swapped = text;
        std::swap(swapped[at], swapped[other]);
        ASSERT_EQ(parse_receipt(swapped).has_value(), swapped == text) << text << " " << swapped;
      }
    }
  }
}

TEST(Receipt, RefusesOtherTexts) {
  for (std::string_view const text : {"", "000000000", "00000000000", "000000000U", "00000_0000",
                                      "000000000\xc3\xa9", "0000\t000000", "----------"}) {
    EXPECT_FALSE(parse_receipt(text)) << text;
  }
  EXPECT_FALSE(parse_receipt(std::string_view("000000000\0", 10)));
}

TEST(Receipt, RandomBitsAllCount) {
  // Every value appears at every random place, and as a check.
  auto const w = test_world();
  std::array<std::set<char>, 10> seen;
  for (int i = 0; i < 2000; ++i) {
    auto const r = new_receipt(w);
    for (std::size_t at = 0; at < seen.size(); ++at) seen[at].insert(r.characters[at]);
  }
  for (auto const& place : seen) EXPECT_EQ(place.size(), 32U);
}

}  // namespace
}  // namespace intake::certs
