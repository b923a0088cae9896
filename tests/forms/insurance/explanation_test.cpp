#include "forms/insurance/explanation.hpp"

#include "forms/insurance/plan_list.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
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

/// What the list says of each plan: its outcome and where.
std::string listed_as(std::string_view contracts, std::string_view accept,
                      std::vector<std::string> const& places) {
  auto files = testing::small_files("");
  files["accept.csv"] = fmt::format(
      "rule,band,payer,network,location,outcome,patient_en\n{}Z999,9,any,any,any,review,Staff will "
      "check.\n",
      accept);
  files["contracts.csv"] =
      fmt::format("contract,payer,plan_name,product,network,locations,providers\n{}", contracts);
  auto const set = read_good(files);
  std::string said;
  for (auto const& plan : listed_plans(set, explained_day, places)) {
    if (plan.row == nullptr) continue;
    said += fmt::format("{} {} [{}]{} ", plan.row->id, to_word(plan.decided.result),
                        fmt::join(plan.only_at, " "), plan.some_providers ? " some" : "");
  }
  return said;
}

constexpr std::string_view in_network = "A1,1,p,in,any,accept,We take it.\n";

TEST(plan_list, says_at_which_places_a_plan_is_taken) {
  auto const both = std::vector<std::string>{"north", "south"};
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,any,any\n", in_network, both), "K1 accept [] ");
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,north,any\n", in_network, both), "K1 accept [north] ");
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,!north,any\n", in_network, both), "K1 accept [south] ");
  EXPECT_EQ(
      listed_as("K1,p,Plan A,any,in,north,any\nK2,p,Plan A,any,out,south,any\n", in_network, both),
      "K1 accept [north] K2 review [south] ");
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,any,any\n", "A1,1,p,in,south,accept,We take it.\n", both),
            "K1 accept [south] ");
}

TEST(plan_list, asks_about_the_places_of_the_tables_where_no_others_are_known) {
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,north,any\n", in_network, {}), "K1 accept [] ");
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,any,any\n", in_network, {}), "K1 accept [] ");
}

TEST(plan_list, of_a_clinic_with_one_place_names_none) {
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,north,any\n", in_network, {"north"}), "K1 accept [] ");
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,north,any\n", in_network, {"south"}), "K1 review [] ");
}

TEST(plan_list, marks_a_plan_that_only_some_providers_take) {
  EXPECT_EQ(listed_as("K1,p,Plan A,any,in,any,1234567893\n", in_network, {}), "K1 accept [] some ");
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
