#pragma once
#include "forms/insurance/change.hpp"
#include "service/locations.hpp"
#include "service/stored_decisions.hpp"

#include <map>
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

/// The days of visits to come, by the submission that is for them.
using visit_days = std::map<certs::uuid, forms::insurance::date>;

/// As the day list knows them: it knows a visit's day better than what was told. Throws
/// db::unavailable.
visit_days days_of_visits(db::pool& desk, locations const&, certs::utc_time now);

/// Asks both sets about the facts of every newest version, on the visit's day where `days` has it.
/// A correction replaces what it corrects.
decision_changes changed_decisions(decision_source const&, visit_days const& days,
                                   forms::insurance::rule_set const& from,
                                   forms::insurance::rule_set const& to);

/// Those whose visit is still to come on that day: whom to call, the nearest visit first.
std::vector<changed_decision> call_list(decision_changes const&, forms::insurance::date today);

}  // namespace intake::service
