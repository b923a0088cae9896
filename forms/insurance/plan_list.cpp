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

std::vector<std::string> places_of_tables(rule_set const& set) {
  auto const& tables = set.tables();
  std::set<std::string> named(tables.meta.locations.begin(), tables.meta.locations.end());
  for (auto const& row : tables.contracts) {
    named.insert(row.locations.names.begin(), row.locations.names.end());
  }
  for (auto const& row : tables.accept) {
    named.insert(row.locations.names.begin(), row.locations.names.end());
  }
  named.erase("unknown");
  return {named.begin(), named.end()};
}

// A place that nobody knows where there is none.
std::vector<std::string> places_to_ask(rule_set const& set, std::span<std::string const> places) {
  auto asked = places.empty() ? places_of_tables(set) : std::vector(places.begin(), places.end());
  if (asked.empty()) asked.emplace_back();
  return asked;
}

// A row for some places is listed by what it comes to there; the others have rows of their own, or
// none.
std::vector<std::string> places_of_row(contract const* row, std::span<std::string const> places) {
  std::vector<std::string> own;
  for (auto const& place : places) {
    if (row == nullptr || row->locations.contains(place)) own.push_back(place);
  }
  return own.empty() ? std::vector(places.begin(), places.end()) : own;
}

listed_plan listed(rule_set const& set, payer const& one, contract const* row, date day,
                   std::span<std::string const> places) {
  coverage_facts coverage;
  coverage.payer = one.id;
  coverage.referral = yes_no::yes;
  if (row != nullptr) coverage.plan_name = row->plan_name;
  bool const some = row != nullptr && !row->providers.any;
  if (some && !row->providers.negated) coverage.provider = row->providers.names.front();
  auto const own = places_of_row(row, places);
  auto best = decide_at_places(set, coverage, ordinary_visit(day, one.kind), own);
  if (best.only_at.empty() && own.size() < places.size()) best.only_at = own;
  return {&one, row, std::move(best.decided), std::move(best.only_at), some};
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

placed_decision decide_at_places(rule_set const& set, coverage_facts const& coverage,
                                 visit_facts const& visit, std::span<std::string const> places) {
  auto const all = places_to_ask(set, places);
  placed_decision best;
  auto asked = visit;
  for (auto const& place : all) {
    asked.location = place;
    auto decided = decide(set, coverage, asked);
    if (best.only_at.empty() || decided.result < best.decided.result) {
      best = {std::move(decided), {place}};
    } else if (decided.result == best.decided.result) {
      best.only_at.push_back(place);
    }
  }
  if (best.only_at.size() == all.size()) best.only_at.clear();
  return best;
}

std::vector<listed_plan> listed_plans(rule_set const& set, date day,
                                      std::span<std::string const> places) {
  auto const asked = places_to_ask(set, places);
  std::vector<listed_plan> plans;
  std::set<std::string_view> contracted;
  for (auto const& row : set.tables().contracts) {
    auto const* const one = set.find_payer(row.payer);
    if (one == nullptr || !row.valid.contains(day)) continue;
    contracted.insert(one->id);
    plans.push_back(listed(set, *one, &row, day, asked));
  }
  for (auto const& one : set.tables().payers) {
    if (!contracted.contains(one.id)) plans.push_back(listed(set, one, nullptr, day, asked));
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
