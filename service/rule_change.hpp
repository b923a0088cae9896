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

struct day_and_place {
  forms::insurance::date day{};
  /// An id of a location.
  std::string location;
};
/// Visits to come, by the submission that is for them.
using known_visits = std::map<certs::uuid, day_and_place>;

/// As the day list knows them: it knows a visit's day and place better than what was told. Throws
/// db::unavailable.
known_visits visits_to_come(db::pool& desk, locations const&, certs::utc_time now);

/// Asks both sets about the facts of every newest version, on the visit's day and at its place
/// where `visits` has it. A correction replaces what it corrects.
decision_changes changed_decisions(decision_source const&, known_visits const& visits,
                                   forms::insurance::rule_set const& from,
                                   forms::insurance::rule_set const& to);

/// Those whose visit is still to come on that day: whom to call, the nearest visit first.
std::vector<changed_decision> call_list(decision_changes const&, forms::insurance::date today);

}  // namespace intake::service
