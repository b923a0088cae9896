#include "forms/insurance/explanation.hpp"

#include "forms/insurance/plan_list.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;
using ::testing::HasSubstr;
using testing::read_good;

auto const explained_day = *read_iso_date("2026-11-23");

visit_facts ordinary() {
  visit_facts visit;
  visit.date_of_service = explained_day;
  visit.accident = accident_kind::none;
  visit.age_years = 71;
  return visit;
}

TEST(explain, names_row_contract_needs_and_near_misses) {
  auto const set = read_good(example_files());
  coverage_facts coverage;
  coverage.payer = "Example Blue";
  coverage.plan_name = "Blue Care";
  coverage.referral = yes_no::no;
  auto const text = explain(set, decide_visit(set, std::vector{coverage}, ordinary()), "en");
  EXPECT_THAT(text, HasSubstr("visit: accept_with_conditions"));
  EXPECT_THAT(text, HasSubstr("row: A102 (accept.csv, row "));
  EXPECT_THAT(text, HasSubstr("plan: hmo, in network (contract K101)"));
  EXPECT_THAT(text, HasSubstr("needs: Name of your primary doctor"));
  EXPECT_THAT(text, HasSubstr("would be accepted if referral = yes (A101)"));
}

TEST(explain, says_who_pays_first_or_that_nobody_knows) {
  auto const set = read_good(example_files());
  coverage_facts medicare;
  medicare.payer = "medicare";
  coverage_facts supplement;
  supplement.payer = "example_supplement";
  auto const known =
      explain(set, decide_visit(set, std::vector{supplement, medicare}, ordinary()), "es");
  EXPECT_THAT(known, HasSubstr("pays first: Original Medicare\n  by: C072 of cob.csv"));
  EXPECT_THAT(known, HasSubstr("Medicare paga primero"));
  coverage_facts advantage;
  advantage.payer = "example_gulf_advantage";
  auto const open =
      explain(set, decide_visit(set, std::vector{advantage, medicare}, ordinary()), "en");
  EXPECT_THAT(open, HasSubstr("pays first: not known"));
}

TEST(plan_list, holds_every_plan_that_counts_today_and_every_payer_without_contracts) {
  auto const set = read_good(example_files());
  auto const plans = listed_plans(set, explained_day);
  std::vector<std::string> ended;
  std::size_t payers = 0;
  for (auto const& plan : plans) {
    if (plan.row != nullptr && plan.row->id == "K104") ended.push_back(plan.row->id);
    payers += plan.row == nullptr ? 1U : 0U;
  }
  EXPECT_TRUE(ended.empty());
  EXPECT_GE(payers, 10U);
  EXPECT_TRUE(std::is_sorted(plans.begin(), plans.end(),
                             [](auto const& a, auto const& b) { return a.of->name < b.of->name; }));
}

TEST(plan_list, is_searched_by_name_and_alias) {
  auto const set = read_good(example_files());
  auto const found = [&](char const* words) {
    std::string ids;
    for (auto const& plan : search_plans(listed_plans(set, explained_day), words)) {
      ids += (plan.row == nullptr ? plan.of->id : plan.row->id) + ' ';
    }
    return ids;
  };
  EXPECT_EQ(found("blue ppo"), "K100 ");
  EXPECT_EQ(found("BLUE CARE"), "K101 ");
  EXPECT_EQ(found("no-fault"), "auto_pip ");
  EXPECT_EQ(found("nothing like this"), "");
  EXPECT_EQ(found("tricare"), "tricare_east ");
}

}  // namespace
}  // namespace intake::forms::insurance
