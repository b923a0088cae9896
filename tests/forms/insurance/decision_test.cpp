#include "forms/insurance/decision.hpp"

#include "forms/insurance/contract_book.hpp"
#include "forms/insurance/matcher.hpp"
#include "tests/forms/insurance/rule_files.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::forms::insurance {
namespace {

using testing::example_files;
using testing::read_good;
using testing::small_files;

visit_facts plain_visit(char const* day = "2026-11-23") {
  visit_facts visit;
  visit.date_of_service = *read_iso_date(day);
  visit.accident = accident_kind::none;
  visit.age_years = 44;
  return visit;
}

coverage_facts of_payer(char const* payer, char const* plan = "") {
  coverage_facts coverage;
  coverage.payer = payer;
  coverage.plan_name = plan;
  return coverage;
}

TEST(decision, lowest_band_speaks_first) {
  auto const set =
      read_good(small_files("A2,2,p,any,any,any,any,any,any,accept,We take it.\n"
                            "A1,1,any,any,any,work,any,any,any,review,Work.\n"));
  auto visit = plain_visit();
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A2");
  visit.accident = accident_kind::work;
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A1");
  EXPECT_EQ(decide(set, of_payer("nobody"), plain_visit()).rule, "Z999");
}

TEST(decision, unknown_is_a_value) {
  auto const set =
      read_good(small_files("A1,1,p,any,any,any,0-17,any,any,review,Child.\n"
                            "A2,1,p,any,any,any,unknown,any,any,review,Age?\n"
                            "A3,1,p,any,any,any,18-,any,any,accept,We take it.\n"));
  auto visit = plain_visit();
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A3");
  visit.age_years = 17;
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A1");
  visit.age_years.reset();
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A2");
}

TEST(decision, tells_what_would_be_accepted) {
  auto const set = read_good(example_files());
  auto coverage = of_payer("example_blue", "Example Blue Care HMO");
  coverage.referral = yes_no::no;
  auto const decided = decide(set, coverage, plain_visit());
  EXPECT_EQ(decided.result, outcome::accept_with_conditions);
  EXPECT_THAT(decided.near_misses,
              ::testing::Contains(near_miss{"referral", "yes", outcome::accept, "A101"}));
  EXPECT_EQ(decided.contract, "K101");
  EXPECT_EQ(decided.plan_product, product::hmo);
  EXPECT_EQ(decided.requires_, (std::vector<std::string>{"pcp_name", "referral_number"}));
}

TEST(decision, near_misses_come_true) {
  auto const set = read_good(example_files());
  std::size_t seen = 0;
  for (auto const& row : set.tables().tests) {
    named_values values(row.facts.begin(), row.facts.end());
    auto const visit = visit_from_values(values, date{}).facts;
    auto const decided = decide(set, coverage_from_values(values).facts, visit);
    for (auto const& miss : decided.near_misses) {
      EXPECT_LT(miss.result, decided.result) << row.id;
      if (miss.fact != "referral" && miss.fact != "accident") continue;
      auto changed = values;
      auto const word = miss.value.substr(0, miss.value.find('|'));
      changed[miss.fact == "accident" ? "accident_kind" : miss.fact] = word;
      auto const again = decide(set, coverage_from_values(changed).facts,
                                visit_from_values(changed, date{}).facts);
      EXPECT_EQ(again.rule, miss.rule) << row.id;
      ++seen;
    }
  }
  EXPECT_GT(seen, 0U);
}

TEST(decision, an_accepted_coverage_has_no_near_miss) {
  auto const set = read_good(example_files());
  auto const decided = decide(set, of_payer("example_blue", "Blue Select PPO"), plain_visit());
  EXPECT_EQ(decided.result, outcome::accept);
  EXPECT_TRUE(decided.near_misses.empty());
}

TEST(decision, never_fails_on_what_people_type) {
  auto const set = read_good(example_files());
  for (auto const* payer : {"", " ", "\xFF\xFE", "Robert'); DROP TABLE", "kind:commercial", "any",
                            "unknown", "<script>", "\u202E", "none"}) {
    auto const decided = decide(set, of_payer(payer, payer), plain_visit());
    EXPECT_EQ(decided.result, outcome::review) << payer;
    EXPECT_EQ(decided.rule, "A999") << payer;
  }
}

TEST(decision, without_a_catch_all_is_still_a_review) {
  auto files = small_files("");
  files["accept.csv"] = "rule,band,payer,outcome,patient_en\nA1,1,p,accept,We take it.\n";
  auto const decided = decide(read_good(files), of_payer("q"), plain_visit());
  EXPECT_EQ(decided.result, outcome::review);
  EXPECT_EQ(decided.rule, "none");
  EXPECT_FALSE(decided.patient.ht.empty());
}

TEST(decision, without_any_row_is_still_a_review) {
  auto files = small_files("");
  files["accept.csv"] = "rule,band,payer,outcome,patient_en\n";
  auto const decided = decide(read_good(files), of_payer("p"), plain_visit());
  EXPECT_EQ(decided.result, outcome::review);
  EXPECT_EQ(decided.rule, "none");
}

TEST(decision, days_since_an_accident_that_was_none_do_not_count) {
  auto const set = read_good(small_files("A1,1,p,any,any,any,any,any,0-14,accept,We take it.\n"));
  auto visit = plain_visit();
  visit.days_since_accident = 3;
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "Z999");
  visit.accident = accident_kind::auto_accident;
  EXPECT_EQ(decide(set, of_payer("p"), visit).rule, "A1");
}

// A row speaks when each of its cells takes the fact: the bit sets must say the same as reading the
// rows one after the other.
TEST(matcher, agrees_with_reading_the_rows_one_by_one) {
  auto const set = read_good(example_files());
  auto const& tables = set.tables();
  std::mt19937 random(3);
  auto const number = [&](unsigned most) -> std::optional<int> {
    if (random() % 4 == 0) return std::nullopt;
    return static_cast<int>(random() % most);
  };
  for (int round = 0; round < 20'000; ++round) {
    visit_facts visit = plain_visit();
    visit.accident = static_cast<accident_kind>(random() % 5);
    visit.date_of_service += std::chrono::days{static_cast<int>(random() % 4000) - 3000};
    visit.age_years = number(100);
    visit.days_since_accident = number(30);
    visit.first_care_day = number(30);
    visit.state = random() % 3 == 0 ? "" : random() % 2 == 0 ? "FL" : "GA";
    auto const payer_number = random() % (tables.payers.size() + 1);
    auto const* const one = payer_number == 0 ? nullptr : &tables.payers[payer_number - 1];
    resolved_facts const facts{payer_number, static_cast<product>(random() % 20),
                               static_cast<network>(random() % 3),
                               static_cast<yes_no>(random() % 3), &visit};
    accept_row const* expected = nullptr;
    for (auto const& row : tables.accept) {
      auto const kind =
          "kind:" + std::string(to_word(one == nullptr ? payer_kind::unknown : one->kind));
      auto const& names = row.payers.names;
      bool const named = std::find(names.begin(), names.end(),
                                   one == nullptr ? "unknown" : one->id) != names.end() ||
                         std::find(names.begin(), names.end(), kind) != names.end();
      bool const takes =
          (row.payers.any || named != row.payers.negated) &&
          row.products.contains(facts.plan_product) && row.networks.contains(facts.where) &&
          row.referral.contains(facts.referral) && row.accidents.contains(visit.accident) &&
          row.age_years.contains(visit.age_years) &&
          row.days_since_accident.contains(visit.days_since_accident) &&
          row.days_since_first_treatment.contains(visit.days_since_first_treatment) &&
          row.first_care_day.contains(visit.first_care_day) && row.locations.contains("unknown") &&
          row.states.contains(visit.state.empty() ? "unknown" : visit.state) &&
          row.valid.contains(visit.date_of_service);
      if (takes && (expected == nullptr || row.band < expected->band)) expected = &row;
    }
    auto const position = set.rules().first_match(set.rules().locate(facts));
    ASSERT_EQ(position.has_value(), expected != nullptr);
    std::string const spoke = position ? tables.accept[set.rules().row_at(*position)].id : "";
    ASSERT_EQ(spoke, expected == nullptr ? "" : expected->id);
  }
}

TEST(contracts, decide_the_network) {
  auto files = small_files("");
  files["contracts.csv"] =
      "contract,payer,plan_name,aliases,product,network,locations,valid_from,valid_to\n"
      "K1,p,Gold Plan,Gold;Oro,ppo,in,any,2026-01-01,2026-12-31\n"
      "K2,p,Gold Plan,,hmo,out,any,2026-01-01,\n"
      "K3,p,Silver,,any,in,north,,\n"
      "K4,q,any,,any,in,any,,\n"
      "K5,q,Local,,any,out,any,,\n"
      "K6,q,Twin,,ppo,in,any,,\n"
      "K7,q,Twin,,hmo,out,any,,\n"
      "K8,q,Old,,any,out,any,,2025-12-31\n";
  auto const set = read_good(files);
  struct contract_case {
    char const* name;
    char const* payer;
    char const* plan;
    product plan_product;
    char const* location;
    char const* day;
    network where;
    char const* row;
  };
  using enum network;
  contract_case const cases[] = {
      {"named plan", "p", "gold PLAN", product::ppo, "", "2026-06-01", in, "K1"},
      {"alias", "p", "Oro", product::unknown, "", "2026-06-01", in, "K1"},
      {"other product", "p", "Gold Plan", product::hmo, "", "2026-06-01", out, "K2"},
      {"contradicting rows", "p", "Gold Plan", product::unknown, "", "2026-06-01", not_listed, ""},
      {"first day", "p", "Gold", product::ppo, "", "2026-01-01", in, "K1"},
      {"day before", "p", "Gold", product::ppo, "", "2025-12-31", not_listed, ""},
      {"last day", "p", "Gold", product::ppo, "", "2026-12-31", in, "K1"},
      {"day after", "p", "Gold", product::ppo, "", "2027-01-01", not_listed, ""},
      {"location", "p", "Silver", product::unknown, "north", "2026-06-01", in, "K3"},
      {"other location", "p", "Silver", product::unknown, "south", "2026-06-01", not_listed, ""},
      {"unknown plan", "p", "Bronze", product::unknown, "", "2026-06-01", not_listed, ""},
      {"no plan", "p", "", product::unknown, "", "2026-06-01", not_listed, ""},
      {"any plan of payer", "q", "", product::unknown, "", "2026-06-01", in, "K4"},
      {"unlisted plan of payer", "q", "Whatever", product::unknown, "", "2026-06-01", in, "K4"},
      {"named plan before any", "q", "Local", product::unknown, "", "2026-06-01", out, "K5"},
      {"contradicting rows beside any", "q", "Twin", product::unknown, "", "2026-06-01", not_listed,
       ""},
      {"one of them beside any", "q", "Twin", product::hmo, "", "2026-06-01", out, "K7"},
      {"neither of them beside any", "q", "Twin", product::epo, "", "2026-06-01", in, "K4"},
      {"last day of a named plan beside any", "q", "Old", product::unknown, "", "2025-12-31", out,
       "K8"},
      {"ended beside any", "q", "Old", product::unknown, "", "2026-01-01", in, "K4"},
  };
  for (auto const& one : cases) {
    auto coverage = of_payer(one.payer, one.plan);
    coverage.plan_product = one.plan_product;
    auto visit = plain_visit(one.day);
    visit.location = one.location;
    auto const decided = decide(set, coverage, visit);
    EXPECT_EQ(to_word(decided.where), to_word(one.where)) << one.name;
    EXPECT_EQ(decided.contract, one.row) << one.name;
  }
}

TEST(payers, are_found_by_id_name_and_alias) {
  auto const set = read_good(example_files());
  for (auto const* said : {"tricare_east", "TRICARE East", "tricare", "  Tricare-Prime "}) {
    auto const* const found = set.find_payer(said);
    ASSERT_NE(found, nullptr) << said;
    EXPECT_EQ(found->id, "tricare_east");
  }
  EXPECT_EQ(set.find_payer("tricar"), nullptr);
  EXPECT_EQ(set.find_payer(""), nullptr);
}

TEST(visit_decision, the_weakest_holds_where_nobody_knows_who_pays_first) {
  auto const set = read_good(example_files());
  auto const coverages = std::vector{of_payer("example_blue", "Blue Select PPO"),
                                     of_payer("example_blue", "Example Blue Local HMO")};
  auto const decided = decide_visit(set, coverages, plain_visit());
  EXPECT_FALSE(decided.first.has_value());
  EXPECT_EQ(decided.speaking, 1U);
  EXPECT_EQ(decided.result, outcome::not_accepted);
  EXPECT_NE(decided.patient.en.find("which one pays first"), std::string::npos);
}

TEST(visit_decision, does_not_depend_on_the_order_in_which_coverages_are_told) {
  auto const set = read_good(example_files());
  std::vector<coverage_facts> coverages{of_payer("medicare"), of_payer("example_supplement"),
                                        of_payer("medicaid")};
  auto visit = plain_visit();
  visit.age_years = 71;
  std::sort(coverages.begin(), coverages.end(),
            [](auto const& a, auto const& b) { return a.payer < b.payer; });
  do {
    auto const decided = decide_visit(set, coverages, visit);
    ASSERT_TRUE(decided.first.has_value());
    EXPECT_EQ(decided.coverages[*decided.first].payer, "medicare");
    EXPECT_EQ(decided.result, outcome::accept_with_conditions);
  } while (std::next_permutation(coverages.begin(), coverages.end(),
                                 [](auto const& a, auto const& b) { return a.payer < b.payer; }));
}

TEST(visit_decision, no_coverage_is_one_that_nobody_knows) {
  auto const set = read_good(example_files());
  auto const decided = decide_visit(set, {}, plain_visit());
  EXPECT_EQ(decided.result, outcome::review);
  ASSERT_EQ(decided.coverages.size(), 1U);
  EXPECT_EQ(decided.first, 0U);
}

TEST(visit_decision, a_hundred_coverages_are_decided_but_not_ranked) {
  auto const set = read_good(example_files());
  std::vector<coverage_facts> const coverages(100, of_payer("medicare"));
  auto const decided = decide_visit(set, coverages, plain_visit());
  EXPECT_EQ(decided.coverages.size(), 100U);
  EXPECT_FALSE(decided.first.has_value());
}

TEST(visit_decision, qmb_hears_nothing_about_paying) {
  auto const set = read_good(example_files());
  auto qmb = of_payer("medicaid");
  qmb.plan_product = product::qmb;
  auto visit = plain_visit();
  visit.age_years = 71;
  auto const decided = decide_visit(set, std::vector{of_payer("medicare"), qmb}, visit);
  for (auto const* word : {"deductible", "copay", "coinsurance", "deducible", "copago"}) {
    EXPECT_EQ(decided.patient.en.find(word), std::string::npos);
    EXPECT_EQ(decided.patient.es.find(word), std::string::npos);
  }
  EXPECT_NE(decided.staff.find("collect no Medicare deductible"), std::string::npos);
}

TEST(outstanding, asks_only_for_what_is_not_answered) {
  auto const set = read_good(example_files());
  auto coverage = of_payer("example_blue", "Blue Care");
  coverage.referral = yes_no::no;
  auto const decided = decide_visit(set, std::vector{coverage}, plain_visit());
  EXPECT_EQ(outstanding(set, decided, {}),
            (std::vector<std::string>{"pcp_name", "referral_number"}));
  EXPECT_EQ(outstanding(set, decided, {{"pcp_name", "Dr. Example"}}),
            std::vector<std::string>{"referral_number"});
}

}  // namespace
}  // namespace intake::forms::insurance
