#include "forms/insurance/checker.hpp"

#include "tests/forms/insurance/rule_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;
using testing::places;
using testing::rule_files;
using testing::small_files;

auto const today = *read_iso_date("2026-11-23");

check_report check(rule_files const& files) {
  std::vector<named_text> texts;
  for (auto const& [name, text] : files) texts.push_back({name, text});
  return check_rules(texts, today);
}

TEST(checker, finds_nothing_wrong_with_the_example) {
  auto const report = check(example_files());
  for (auto const& one : report.found) {
    if (one.level != severity::note) {
      ADD_FAILURE() << place_of(one) << ": " << one.message << " [" << one.code << ']';
    }
  }
  EXPECT_TRUE(report.good());
  EXPECT_EQ(report.tests_failed, 0U);
}

}  // namespace
}  // namespace intake::forms::insurance
