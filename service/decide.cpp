#include "service/decide.hpp"

#include "service/known_items.hpp"

#include <vector>

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

void collect_plans(forms::questionnaire const& form, std::vector<forms::answered_item> const& items,
                   forms::item_index plan, std::vector<told_plan>& found) {
  for (auto const& each : items) {
    if (each.item == plan) found.push_back({&form, &each});
    if (form.contains(each.item, plan)) collect_plans(form, each.items, plan, found);
  }
}

insurance::coverage_facts facts_of(std::span<answered_form const> packet,
                                   forms::questionnaire const& form,
                                   forms::answered_item const& plan) {
  insurance::named_values values;
  for (auto const& [fact, link_id] : known::coverage_facts) {
    values.emplace(fact, known::text_below(form, plan, link_id));
  }
  for (auto const& [fact, link_id] : known::shared_coverage_facts) {
    values.emplace(fact, forms::code_in(packet, link_id));
  }
  return insurance::coverage_from_values(values).facts;
}

/// A plan that the patient says is over pays nothing after its last day; where that is not known,
/// no more at all.
bool is_over(forms::questionnaire const& form, forms::answered_item const& plan) {
  return known::text_below(form, plan, known::plan_status) == "ended";
}

std::vector<insurance::coverage_facts> coverages_of(std::span<answered_form const> packet,
                                                    insurance::date visit) {
  std::vector<insurance::coverage_facts> coverages;
  for (auto const& [form, answers] : plans_in(packet)) {
    auto facts = facts_of(packet, *form, *answers);
    if (is_over(*form, *answers)) {
      facts.last_day =
          insurance::read_iso_date(known::text_below(*form, *answers, known::plan_end_date));
      if (!facts.last_day) continue;
    }
    coverages.push_back(std::move(facts));
  }
  coverages = insurance::on_day(std::move(coverages), visit);
  if (coverages.empty() && forms::code_in(packet, known::have_coverage) == "self-pay") {
    insurance::coverage_facts self_pay;
    self_pay.payer = "self_pay";
    coverages.push_back(std::move(self_pay));
  }
  return coverages;
}

bool asks_about_insurance(std::span<answered_form const> packet) {
  for (auto const& each : packet) {
    if (each.form->find(known::plan) != nullptr ||
        each.form->find(known::have_coverage) != nullptr) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<told_plan> plans_in(std::span<answered_form const> packet) {
  std::vector<told_plan> found;
  for (auto const& each : packet) {
    auto const* const plan = each.form->find(known::plan);
    if (plan != nullptr) collect_plans(*each.form, each.answers->items, plan->index, found);
  }
  return found;
}

insurance_answer decide_insurance(named_rule_set const& rules,
                                  std::span<answered_form const> packet,
                                  std::chrono::year_month_day today, std::string_view location) {
  if (!asks_about_insurance(packet)) return {};
  insurance::named_values values;
  for (auto const& [fact, link_id] : known::visit_facts) {
    values.emplace(fact, forms::code_in(packet, link_id));
  }
  values.emplace("location", location);
  auto const visit = insurance::visit_from_values(values, today).facts;
  auto const coverages = coverages_of(packet, visit.date_of_service);
  return {insurance::decide_visit(rules.set, coverages, visit), rules.hash};
}

}  // namespace intake::service
