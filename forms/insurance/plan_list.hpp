#pragma once
#include "forms/insurance/decision.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// "All accepted insurances": what the public page shows, generated from the rule set.
namespace intake::forms::insurance {

/// The best that a visit comes to at any of the clinic's places, and at which it does.
struct placed_decision {
  decision decided;
  /// Empty: it comes to the same at all of them.
  std::vector<std::string> only_at;
};

/// `places` are ids of locations; none: those that the tables name.
placed_decision decide_at_places(rule_set const& set, coverage_facts const& coverage,
                                 visit_facts const& visit, std::span<std::string const> places);

/// One plan of contracts.csv that counts on the day, or one payer that has none there.
struct listed_plan {
  payer const* of = nullptr;      ///< lives as long as the rule set
  contract const* row = nullptr;  ///< null for a payer without contracts
  /// For an ordinary visit on that day: no accident, a referral in hand, an adult (70 with
  /// Medicare).
  decision decided;
  /// Ids of the places at which it comes to that, where it does not at all of them.
  std::vector<std::string> only_at;
  /// The row speaks of some of the clinic's providers; it is decided for one of them.
  bool some_providers = false;
};

/// In the order of names. Rows for "any" plan of a payer stand for the payer.
/// `places` as above.
std::vector<listed_plan> listed_plans(rule_set const& set, date day,
                                      std::span<std::string const> places = {});

/// Those whose payer or plan, by name or alias, holds all words of the search; all where it is
/// empty.
std::vector<listed_plan> search_plans(std::vector<listed_plan> plans, std::string_view words);

}  // namespace intake::forms::insurance
