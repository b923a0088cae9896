#include "service/summary.hpp"

#include <random>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

TEST(Summary, ReadsWhatItWrote) {
  summary const whole{.family = "O’Brien-Muñoz",
                      .given = "Nora \"N\" \\ Mae",
                      .birth_date = "1951-03-08",
                      .phone = "407-555-0142",
                      .forms = {"registration", "coverage"},
                      .outcome = "accept_with_conditions",
                      .rule = "A200",
                      .rule_set = "0123456789abcdef",
                      .alerts = {"blood-thinner", "unsigned"},
                      .language = "ht"};
  EXPECT_EQ(read_summary(write_summary(whole)), whole);
  EXPECT_EQ(read_summary(write_summary({})), summary{});
}

TEST(Summary, IsNeverLongerThanItsLimitWhateverSomebodyIsCalled) {
  std::mt19937 random(7);
  std::string const alphabet[] = {"a", "\n", "\"", "\\", "\x01", "é", "ễ", "中", "😀", "\xff"};
  for (int i = 0; i < 2000; ++i) {
    auto word = [&](std::size_t most) {
      std::string text;
      for (auto n = random() % most; n > 0; --n) text += alphabet[random() % std::size(alphabet)];
      return text;
    };
    summary s{.family = word(400), .given = word(400), .birth_date = word(20), .phone = word(60)};
    for (auto n = random() % 40; n > 0; --n) s.forms.push_back(word(60));
    for (auto n = random() % 20; n > 0; --n) s.alerts.push_back(word(60));
    s.rule = word(80);
    auto const text = write_summary(s);
    ASSERT_LE(text.size(), summary_bytes_max);
    ASSERT_TRUE(read_summary(text)) << i;
  }
}

TEST(Summary, CutsALongNameAtACharacterAndSaysSo) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "ñ";
  auto const read = read_summary(write_summary({.family = name}));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->family.ends_with("ñ…"));
  EXPECT_LE(read->family.size(), 64U);
}

TEST(Summary, RefusesWhatIsNoSummary) {
  for (auto const* text : {"", "[]", "{", "{\"family\":\"a\"} x"})
    EXPECT_FALSE(read_summary(text)) << text;
}

}  // namespace
}  // namespace intake::service
