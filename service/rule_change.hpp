#pragma once
#include "forms/insurance/change.hpp"
#include "service/stored_decisions.hpp"

#include <string>
#include <vector>

namespace intake::service {

/// A stored decision that would come out otherwise by another rule set.
struct changed_decision {
  certs::uuid submission;
  std::string receipt;
  forms::insurance::date date_of_service{};
  forms::insurance::changed_visit change;
};

struct decision_changes {
  decision_walk walk;
  /// Receipts of those that can't be opened or are not what this program writes.
  std::vector<std::string> unreadable;
  std::vector<changed_decision> changed;
};

/// Asks both sets about the facts of every newest version. A correction replaces what it corrects.
decision_changes changed_decisions(decision_source const&, forms::insurance::rule_set const& from,
                                   forms::insurance::rule_set const& to);

/// Those whose visit is still to come on that day: whom to call, the nearest visit first.
std::vector<changed_decision> call_list(decision_changes const&, forms::insurance::date today);

}  // namespace intake::service
