#include "forms/pattern.hpp"

#include <string>

#include <gtest/gtest.h>

namespace intake::forms {
namespace {

struct match_case {
  std::string_view regex;
  std::string_view text;
  bool expected;
};

TEST(Pattern, MatchesTheWholeTextInOtherDialects) {
  match_case const cases[] = {
      {"[0-9]{5}(-[0-9]{4})?", "12345-6789", true},
      {"[0-9]{5}(-[0-9]{4})?", "12345-67890", false},
      {"^\\d{10,13}$", "12345678901", true},
      {"/^a+$/", "aaa", true},
      {"[\\u0041-\\u0043]+", "ABC", true},
      {"\\u00e9", "\xC3\xA9", true},
      {"(?<year>\\d{4})", "2026", true},
      {"a*+b", "aab", true},
      {"\\/\\#\\@", "/#@", true},
      {"[[a]+", "[a[", true},
      {"^\\+?(?:[()\\h-]*\\d[()\\h-]*){3}$", "+(1) 2\t-3", true},
      {"x\\hy", "x\xC2\xA0y", true},
      {"/^[a-z]+$/i", "ABC", true},
      {"/^[a-z]+$/", "ABC", false},
      {"/a|b/i", "B", true},
      {"a/i", "a/i", true},
      {"/i", "/i", true},
      {".", "\xF0\x9F\x98\x80", true},
      {"a|b", "ab", false},
      {"[[:alpha:]]+", "abc", true},
  };
  for (auto const& one : cases) {
    auto const compiled = compile_pattern(one.regex);
    ASSERT_TRUE(compiled.has_value()) << one.regex << ": " << compiled.error().message;
    EXPECT_EQ((*compiled)->matches_whole(one.text), one.expected) << one.regex;
  }
}

TEST(Pattern, RefusesWhatCannotBeLinear) {
  for (auto const* regex : {"(?=a)b", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "\\k<x>", "(?>a)",
                            "(", "[a", "a{2000}", "", "\\"}) {
    EXPECT_TRUE(compile_pattern(regex).has_error()) << regex;
  }
  EXPECT_TRUE(compile_pattern(std::string(5000, 'a')).has_error());
}

// A backtracking engine needs 2^50000 steps here.
TEST(Pattern, IsNotFooledByNestedStars) {
  auto const compiled = compile_pattern("(a*)*b");
  ASSERT_TRUE(compiled.has_value());
  EXPECT_FALSE((*compiled)->matches_whole(std::string(50'000, 'a')));
}

}  // namespace
}  // namespace intake::forms
