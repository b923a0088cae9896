#include "forms/insurance/checker.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::check;
using ::testing::HasSubstr;
using testing::places;
using testing::small_files;
using testing::with;

struct contract_case {
  char const* name;
  std::vector<std::string> rows;  ///< product, network, locations, providers, from, to
  char const* doubled;
  char const* holes;
};

class contract_dates : public ::testing::TestWithParam<contract_case> {};

TEST_P(contract_dates, are_compared_with_every_earlier_row) {
  auto const& one = GetParam();
  auto files = small_files("");
  auto& text = files["contracts.csv"];
  text = "contract,payer,plan_name,product,network,locations,providers,valid_from,valid_to\n";
  for (std::size_t i = 0; i < one.rows.size(); ++i) {
    text += fmt::format("T{},p,Plan A,{}\n", i + 1, one.rows[i]);
  }
  auto const report = check(files);
  EXPECT_EQ(places(report.found, "double-validity"), one.doubled) << to_text(report);
  EXPECT_EQ(places(report.found, "date-hole"), one.holes) << to_text(report);
}

INSTANTIATE_TEST_SUITE_P(
    all, contract_dates,
    ::testing::Values(
        contract_case{
            "not_neighbours",
            {"ppo,in,any,any,2020-01-01,2030-12-31", "ppo,in,any,any,2021-01-01,2021-12-31",
             "ppo,out,any,any,2026-01-01,2026-12-31"},
            "contracts.csv:4:valid_from contracts.csv:3:valid_from",
            ""},
        contract_case{
            "a_hole_beyond_the_longest",
            {"ppo,in,any,any,2020-01-01,2021-12-31", "ppo,in,any,any,2020-02-01,2020-03-31",
             "ppo,in,any,any,2022-02-01,2022-12-31"},
            "contracts.csv:3:valid_from",
            "contracts.csv:4:valid_from"},
        contract_case{
            "any_beside_one_product",
            {"any,in,any,any,2026-01-01,2026-12-31", "ppo,out,any,any,2026-01-01,2026-12-31"},
            "contracts.csv:3:valid_from",
            ""},
        contract_case{
            "any_beside_one_product_that_agrees",
            {"any,in,any,any,2026-01-01,2026-12-31", "ppo,in,any,any,2026-01-01,2026-12-31"},
            "",
            ""},
        contract_case{
            "other_products",
            {"hmo,in,any,any,2026-01-01,2026-12-31", "ppo,out,any,any,2026-01-01,2026-12-31"},
            "",
            ""},
        contract_case{
            "other_years",
            {"any,in,any,any,2025-01-01,2025-12-31", "ppo,out,any,any,2026-01-01,2026-12-31"},
            "",
            ""},
        contract_case{"other_places",
                      {"any,in,!north,any,2026-01-01,", "any,out,north,any,2026-01-01,"},
                      "",
                      ""},
        contract_case{"a_place_that_is_not_excepted",
                      {"any,in,!north,any,2026-01-01,", "any,out,south,any,2026-01-01,"},
                      "contracts.csv:3:valid_from",
                      ""},
        contract_case{
            "other_providers", {"any,in,any,a,2026-01-01,", "any,out,any,b,2026-01-01,"}, "", ""}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(checker, warns_of_conditions_on_what_nobody_says) {
  auto files = small_files("");
  files["contracts.csv"] =
      "contract,payer,plan_name,product,network,locations,providers\n"
      "T1,p,Plan A,any,in,any,1234567893\n"
      "T2,p,Plan B,any,in,any,!1234567893\n"
      "T3,p,Plan C,any,in,any,any\n";
  auto const report = check(files);
  EXPECT_EQ(places(report.found, "provider-never-known"),
            "contracts.csv:2:providers contracts.csv:3:providers");
  EXPECT_THAT(to_text(report),
              HasSubstr("warning: contracts.csv, row 2, column G (providers): Nobody says with"));
}

struct case_of_letters {
  char const* name;
  char const* from;
  char const* to;
};

class letter_case : public ::testing::TestWithParam<case_of_letters> {};

TEST_P(letter_case, fails_no_test) {
  auto const report = check(with("tests.csv", GetParam().from, GetParam().to));
  EXPECT_TRUE(report.good()) << to_text(report);
  EXPECT_EQ(report.tests_failed, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    expectations, letter_case,
    ::testing::Values(case_of_letters{"of_an_outcome", "A100,accept,in", "A100,Accept,in"},
                      case_of_letters{"of_a_rule", "A100,accept,in", "a100,accept,in"},
                      case_of_letters{"of_a_network", "A100,accept,in", "A100,accept,IN"},
                      case_of_letters{"of_who_is_first", "in,ask_staff,accept_with_conditions",
                                      "in,Ask_Staff,accept_with_conditions"},
                      case_of_letters{"of_a_visit", "in,ask_staff,accept_with_conditions",
                                      "in,ask_staff,ACCEPT with conditions"}),
    [](auto const& one) { return std::string(one.param.name); });

TEST(checker, decides_a_test_of_a_us_date_for_that_day) {
  auto const report = check(with("tests.csv", "2026-11-23,A100", "11/23/2026,A100"));
  EXPECT_TRUE(report.good()) << to_text(report);
  EXPECT_EQ(report.tests_failed, 0U);
}

TEST(checker, says_who_speaks_for_a_plan_that_has_ended) {
  auto files = small_files("");
  files["contracts.csv"] =
      "contract,payer,plan_name,aliases,network,valid_from,valid_to\n"
      "K1,p,any,,in,2025-01-01,\n"
      "K2,p,Gold,Oro,in,2025-01-01,2025-12-31\n"
      "K3,p,Silver,,out,2025-01-01,2025-12-31\n"
      "K4,p,Bronze,,in,2025-01-01,2025-12-31\n"
      "K5,p,Bronze,,out,2026-01-01,\n"
      "K6,q,Tin,,in,2025-01-01,2025-12-31\n"
      "K7,q,any,,in,2024-01-01,2025-12-31\n";
  auto const report = check(files);
  EXPECT_EQ(places(report.found, "any-after-end"),
            "contracts.csv:3:valid_to contracts.csv:4:valid_to");
  EXPECT_THAT(to_text(report),
              HasSubstr("warning: contracts.csv, row 3, column G (valid_to): Gold ends on "
                        "2025-12-31; after that row 2 speaks for it"));
  EXPECT_THAT(to_text(report), HasSubstr("note: contracts.csv, row 4"));
}

}  // namespace
}  // namespace intake::forms::insurance
