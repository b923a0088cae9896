#pragma once
#include "forms/insurance/decision.hpp"

#include <string>
#include <string_view>

namespace intake::forms::insurance {

/// `rules decide`: for a person at a desk, line by line: what holds for the visit and who pays
/// first; for each coverage the row that spoke with its place in the table, the contract, what is
/// still required, and what would be accepted ("would be accepted if referral = yes (A101)"). Holds
/// what was told about the insurance: for the screen, never for a log.
std::string explain(rule_set const& set, visit_decision const& decided, std::string_view language);

}  // namespace intake::forms::insurance
