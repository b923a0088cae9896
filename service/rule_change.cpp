#include "service/rule_change.hpp"

#include "forms/insurance/decision_json.hpp"

#include <algorithm>

namespace intake::service {

namespace insurance = forms::insurance;

decision_changes changed_decisions(decision_source const& source, insurance::rule_set const& from,
                                   insurance::rule_set const& to) {
  decision_changes found;
  found.walk =
      for_each_decision(source, which_versions::newest, [&](stored_decision const& stored) {
        auto const question = insurance::read_stored_question(stored.json);
        if (!stored.fault.empty() || question.has_error()) {
          found.unreadable.push_back(stored.receipt);
          return;
        }
        insurance::asked_visit const asked{stored.receipt, question->coverages, question->visit};
        for (auto& change : insurance::changed_visits(from, to, {&asked, 1})) {
          found.changed.push_back({stored.submission, stored.receipt,
                                   question->visit.date_of_service, std::move(change)});
        }
      });
  return found;
}

std::vector<changed_decision> call_list(decision_changes const& changes, insurance::date today) {
  std::vector<changed_decision> list;
  std::ranges::copy_if(
      changes.changed, std::back_inserter(list),
      [today](changed_decision const& each) { return each.date_of_service >= today; });
  std::ranges::stable_sort(list, {}, &changed_decision::date_of_service);
  return list;
}

}  // namespace intake::service
