#pragma once
#include "forms/insurance/decision.hpp"

#include <string>
#include <vector>

/// "All accepted insurances": what the public page shows, generated from the rule set.
namespace intake::forms::insurance {

/// One plan of contracts.csv that counts on the day, or one payer that has none there.
struct listed_plan {
  payer const* of = nullptr;      ///< lives as long as the rule set
  contract const* row = nullptr;  ///< null for a payer without contracts
  /// For an ordinary visit on that day: no accident, a referral in hand, an adult (70 with
  /// Medicare).
  decision decided;
};

/// In the order of names. Rows for "any" plan of a payer stand for the payer.
std::vector<listed_plan> listed_plans(rule_set const& set, date day);

/// Those whose payer or plan, by name or alias, holds all words of the search; all where it is
/// empty.
std::vector<listed_plan> search_plans(std::vector<listed_plan> plans, std::string_view words);

}  // namespace intake::forms::insurance
