#include "forms/insurance/plan_list.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace intake::forms::insurance {
namespace {

constexpr int adult_years = 45;
constexpr int medicare_years = 70;

visit_facts ordinary_visit(date day, payer_kind kind) {
  visit_facts visit;
  visit.date_of_service = day;
  visit.accident = accident_kind::none;
  bool const medicare = kind == payer_kind::medicare || kind == payer_kind::medicare_advantage ||
                        kind == payer_kind::medicare_supplement;
  visit.age_years = medicare ? medicare_years : adult_years;
  return visit;
}

listed_plan listed(rule_set const& set, payer const& one, contract const* row, date day) {
  coverage_facts coverage;
  coverage.payer = one.id;
  coverage.referral = yes_no::yes;
  if (row != nullptr) coverage.plan_name = row->plan_name;
  return {&one, row, decide(set, coverage, ordinary_visit(day, one.kind))};
}

// Words are compared one by one, so that "blue ppo" finds "Example Blue Select PPO".
std::string names_of(listed_plan const& plan) {
  std::string names = folded(plan.of->name);
  for (auto const& alias : plan.of->aliases) names += ' ' + folded(alias);
  if (plan.row == nullptr) return names;
  names += ' ' + folded(plan.row->plan_name);
  for (auto const& alias : plan.row->aliases) names += ' ' + folded(alias);
  return names;
}

}  // namespace

std::vector<listed_plan> listed_plans(rule_set const& set, date day) {
  std::vector<listed_plan> plans;
  std::set<std::string_view> contracted;
  for (auto const& row : set.tables().contracts) {
    auto const* const one = set.find_payer(row.payer);
    if (one == nullptr || !row.valid.contains(day)) continue;
    contracted.insert(one->id);
    plans.push_back(listed(set, *one, &row, day));
  }
  for (auto const& one : set.tables().payers) {
    if (!contracted.contains(one.id)) plans.push_back(listed(set, one, nullptr, day));
  }
  std::sort(plans.begin(), plans.end(), [](listed_plan const& left, listed_plan const& right) {
    static std::string const none;
    return std::tie(left.of->name, left.row == nullptr ? none : left.row->plan_name) <
           std::tie(right.of->name, right.row == nullptr ? none : right.row->plan_name);
  });
  return plans;
}

std::vector<listed_plan> search_plans(std::vector<listed_plan> plans, std::string_view words) {
  auto const wanted = split(words, ' ');
  std::erase_if(plans, [&](listed_plan const& plan) {
    auto const names = names_of(plan);
    return !std::all_of(wanted.begin(), wanted.end(), [&](std::string_view word) {
      return names.find(folded(word)) != std::string::npos;
    });
  });
  return plans;
}

}  // namespace intake::forms::insurance
