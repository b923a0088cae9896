#include "forms/insurance/decision.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <set>

#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;
using testing::read;
using testing::read_good;

named_values values_of(test_row const& row) {
  return {row.facts.begin(), row.facts.end()};
}

struct told {
  coverage_facts coverage;
  visit_facts visit;
};

told told_by(test_row const& row) {
  auto const values = values_of(row);
  return {coverage_from_values(values).facts, visit_from_values(values, date{}).facts};
}

TEST(example_rules, read_without_a_word) {
  auto const reading = read(example_files());
  for (auto const& one : reading.problems) ADD_FAILURE() << place_of(one) << ": " << one.message;
  ASSERT_TRUE(reading.set.has_value());
  EXPECT_EQ(reading.set->tables().meta.purpose, set_purpose::example);
}

TEST(example_rules, every_test_row_comes_out_as_it_says) {
  auto const set = read_good(example_files());
  ASSERT_GE(set.tables().tests.size(), 80U);
  for (auto const& row : set.tables().tests) {
    auto const [coverage, visit] = told_by(row);
    auto const decided = decide(set, coverage, visit);
    EXPECT_EQ(decided.rule, row.expect_rule) << row.id;
    EXPECT_EQ(to_word(decided.result), row.expect_outcome) << row.id;
    EXPECT_TRUE(row.expect_network.empty() || row.expect_network == to_word(decided.where))
        << row.id;
  }
}

TEST(example_rules, every_visit_comes_out_as_it_says) {
  auto const set = read_good(example_files());
  std::map<std::string, std::vector<test_row>> visits;
  for (auto const& row : set.tables().tests) {
    if (!row.visit.empty()) visits[row.visit].push_back(row);
  }
  ASSERT_GE(visits.size(), 20U);
  for (auto const& [name, rows] : visits) {
    std::vector<coverage_facts> coverages;
    for (auto const& row : rows) coverages.push_back(told_by(row).coverage);
    auto const decided = decide_visit(set, coverages, told_by(rows.front()).visit);
    std::string const first = decided.first ? decided.coverages[*decided.first].payer : "ask_staff";
    for (auto const& row : rows) {
      EXPECT_TRUE(row.expect_first.empty() || row.expect_first == first) << name << ' ' << first;
      EXPECT_TRUE(row.expect_visit.empty() || row.expect_visit == to_word(decided.result)) << name;
    }
  }
}

TEST(example_rules, every_row_has_a_test) {
  auto const set = read_good(example_files());
  std::set<std::string> tested;
  for (auto const& row : set.tables().tests) tested.insert(row.expect_rule);
  for (auto const& row : set.tables().accept) {
    EXPECT_TRUE(tested.contains(row.id)) << row.id;
  }
}

TEST(example_rules, commercial_insurers_look_invented) {
  auto const set = read_good(example_files());
  for (auto const& one : set.tables().payers) {
    bool const is_company =
        one.kind == payer_kind::commercial || one.kind == payer_kind::medicare_advantage ||
        one.kind == payer_kind::medicare_supplement || one.kind == payer_kind::medicaid_managed;
    if (!is_company) continue;
    EXPECT_TRUE(one.name.starts_with("Example ")) << one.name;
    for (auto const& number : one.numbers) EXPECT_TRUE(number.number.starts_with("EX"));
  }
  for (auto const& one : set.tables().contracts) {
    EXPECT_TRUE(one.payer.starts_with("example_"))
        << one.id << " states a contract with " << one.payer;
  }
}

TEST(example_rules, tricare_number_follows_the_date_of_service) {
  auto const set = read_good(example_files());
  auto const number_on = [&](std::string_view day) {
    coverage_facts coverage;
    coverage.payer = "TRICARE";
    visit_facts visit;
    visit.date_of_service = *read_iso_date(day);
    return decide(set, coverage, visit).claims_number;
  };
  EXPECT_EQ(number_on("2024-12-31"), "TREST");
  EXPECT_EQ(number_on("2025-01-01"), "99727");
}

TEST(example_rules, every_sentence_says_what_it_is_not_and_refusals_offer_a_way_on) {
  auto const set = read_good(example_files());
  auto const& meta = set.tables().meta;
  std::size_t refusals = 0;
  for (auto const& row : set.tables().tests) {
    auto const [coverage, visit] = told_by(row);
    auto const decided = decide(set, coverage, visit);
    for (std::string_view const language : {"en", "es", "ht"}) {
      auto const& said = decided.patient.in(language);
      EXPECT_TRUE(said.ends_with(meta.not_a_promise.in(language))) << row.id << ' ' << language;
      if (decided.result == outcome::not_accepted) {
        EXPECT_NE(said.find(meta.way_on.in(language)), std::string::npos) << row.id;
        ++refusals;
      }
    }
  }
  EXPECT_GT(refusals, 0U);
}

}  // namespace
}  // namespace intake::forms::insurance
