#include "forms/insurance/condition.hpp"

#include "forms/insurance/words.hpp"

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

struct number_case {
  char const* cell;
  std::vector<int> inside;
  std::vector<int> outside;
  bool unknown;
};

TEST(numbers, read_every_way_people_write_them) {
  number_case const cases[] = {
      {"", {0, 14, 9999}, {}, true},
      {"any", {0, 14, 9999}, {}, true},
      {"0-14", {0, 7, 14}, {15}, false},
      {"0\u201314", {0, 14}, {15}, false},
      {"0..14", {0, 14}, {15}, false},
      {"0 to 14", {0, 14}, {15}, false},
      {"15-", {15, 9999}, {14}, false},
      {"65+", {65, 100}, {64}, false},
      {">=65", {65}, {64}, false},
      {">65", {66}, {65}, false},
      {"<18", {0, 17}, {18}, false},
      {"<=17", {0, 17}, {18}, false},
      {"-17", {0, 17}, {18}, false},
      {"7", {7}, {6, 8}, false},
      {"0-14|unknown", {0, 14}, {15}, true},
      {"unknown", {}, {0, 15}, true},
      {"!0-14", {15, 100}, {0, 14}, true},
      {"!unknown", {0, 15}, {}, false},
      {"0-4|5-9|20-", {0, 9, 20}, {10, 19}, false},
      {"14 days", {14}, {13}, false},
  };
  for (auto const& [cell, inside, outside, unknown] : cases) {
    auto const read = read_numbers(cell);
    EXPECT_EQ(read.problem, "") << cell;
    for (int const one : inside) EXPECT_TRUE(read.value.contains(one)) << cell << ' ' << one;
    for (int const one : outside) EXPECT_FALSE(read.value.contains(one)) << cell << ' ' << one;
    EXPECT_EQ(read.value.contains(std::nullopt), unknown) << cell;
  }
}

TEST(numbers, refuse_what_is_no_range) {
  for (auto const* cell : {"14-0", "a", "14-Jan", "Jan-14", "1/14/2026", "-", "0-14|any",
                           "0-14|!15", "1e9", "--5", "<0", "99999999999"}) {
    auto const read = read_numbers(cell);
    EXPECT_FALSE(read.problem.empty()) << cell;
  }
}

TEST(values, read_words_negations_and_synonyms) {
  EXPECT_TRUE(read_values<product>("HMO | ppo").value.contains(product::ppo));
  EXPECT_FALSE(read_values<product>("hmo|ppo").value.contains(product::unknown));
  EXPECT_TRUE(read_values<product>("!hmo").value.contains(product::unknown));
  EXPECT_FALSE(read_values<product>("!hmo|!ppo").value.contains(product::ppo));
  EXPECT_TRUE(read_values<product>("").value.is_any());
  EXPECT_TRUE(read_values<product>("any").value.is_any());
  EXPECT_TRUE(read_values<yes_no>("TRUE").value.contains(yes_no::yes));
  EXPECT_EQ(from_word<yes_no>("dont-know"), yes_no::unknown);
  EXPECT_EQ(from_word<yes_no>("asked-unknown"), yes_no::unknown);
  EXPECT_TRUE(read_values<network>("not listed").value.contains(network::not_listed));
  EXPECT_TRUE(read_values<accident_kind>("car").value.contains(accident_kind::auto_accident));
}

TEST(values, say_what_was_probably_meant) {
  auto const read = read_values<product>("hmmo");
  EXPECT_EQ(read.problem, "\"hmmo\" is not a value of this column.");
  EXPECT_EQ(read.hint, "Did you mean hmo?");
  EXPECT_FALSE(read_values<product>("hmo|!ppo").problem.empty());
  EXPECT_FALSE(read_values<product>("any|ppo").problem.empty());
  EXPECT_FALSE(read_values<product>("|").problem.empty());
}

TEST(names, any_is_everything_and_not_is_the_rest) {
  EXPECT_TRUE(read_names("").value.contains("x"));
  EXPECT_TRUE(read_names("a|b").value.contains("b"));
  EXPECT_FALSE(read_names("a|b").value.contains("c"));
  EXPECT_FALSE(read_names("!a|!b").value.contains("b"));
  EXPECT_TRUE(read_names("!a|!b").value.contains("c"));
}

TEST(folded, is_the_same_for_what_people_call_the_same) {
  EXPECT_EQ(folded("Example Blue™ – PPO"), folded("example blue ppo"));
  EXPECT_EQ(folded("Médicaid"), "medicaid");
  EXPECT_EQ(folded("Niño & Søn, L.L.C."), "ninosonllc");
  EXPECT_NE(folded("Plan 1"), folded("Plan 2"));
  EXPECT_EQ(folded("計画"), "計画");
  EXPECT_EQ(folded(" - "), "");
}

TEST(edit_distance, counts_and_stops) {
  EXPECT_EQ(edit_distance("hmo", "hmo", 2), 0U);
  EXPECT_EQ(edit_distance("hmmo", "hmo", 2), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3U);
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3U);
}

}  // namespace
}  // namespace intake::forms::insurance
