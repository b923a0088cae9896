#include "service/rule_change.hpp"

#include "db/appointments.hpp"
#include "forms/insurance/decision_json.hpp"

#include <algorithm>

namespace intake::service {

namespace insurance = forms::insurance;

namespace {

constexpr int appointments_max = 5000;

}  // namespace

known_visits visits_to_come(db::pool& desk, locations const& places, certs::utc_time now) {
  known_visits visits;
  for (auto const& each : db::list_future_appointments(desk, now, appointments_max)) {
    auto const& clock = *places.of(each.what.location).clock;
    std::chrono::sys_days const day{clock.date(each.what.starts_at)};
    // The nearest visit first: where one packet is for several, that one counts.
    for (auto const& submission : each.submissions) {
      visits.emplace(submission, day_and_place{day, each.what.location});
    }
  }
  return visits;
}

decision_changes changed_decisions(decision_source const& source, known_visits const& visits,
                                   insurance::rule_set const& from, insurance::rule_set const& to) {
  decision_changes found;
  found.walk =
      for_each_decision(source, which_versions::newest, [&](stored_decision const& stored) {
        auto question = insurance::read_stored_question(stored.json);
        if (!stored.fault.empty() || question.has_error()) {
          found.unreadable.push_back(stored.receipt);
          return;
        }
        if (auto const visit = visits.find(stored.submission); visit != visits.end()) {
          *question =
              insurance::asked_for(std::move(*question), visit->second.day, visit->second.location);
        }
        insurance::asked_visit const asked{stored.receipt, question->coverages, question->visit};
        for (auto& change : insurance::changed_visits(from, to, {&asked, 1})) {
          found.changed.push_back(
              {stored.submission, stored.receipt, asked.visit.date_of_service, std::move(change)});
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
