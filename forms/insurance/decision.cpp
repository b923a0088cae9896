#include "forms/insurance/decision.hpp"

#include "forms/insurance/contract_book.hpp"
#include "forms/insurance/matcher.hpp"
#include "forms/insurance/sentences.hpp"

#include <algorithm>

namespace intake::forms::insurance {
namespace {

// What a patient calls the plan counts only where that kind of payer has such plans; a payer with a
// single sort of plan needs nobody to name it.
product plausible_product(payer const* one, product said) {
  if (one == nullptr) return said;
  auto const possible = products_of(one->kind);
  if (possible.size() == 1) return possible.front();
  bool const known = std::find(possible.begin(), possible.end(), said) != possible.end();
  return known ? said : product::unknown;
}

// Without an accident there are no days since one, whatever an earlier page holds.
visit_facts consistent(visit_facts visit) {
  if (visit.accident == accident_kind::none) {
    visit.days_since_accident.reset();
    visit.days_since_first_treatment.reset();
    visit.first_care_day.reset();
  }
  return visit;
}

struct alternative {
  condition_column column;
  std::vector<class_index> classes;
};

// Only facts that somebody may still find out or change: not the payer, and a number or place only
// while it is unknown. "unknown" and "not listed" are nobody's goal.
std::vector<alternative> alternatives(matcher const& rules, fact_point const& point,
                                      payer const* one) {
  using enum condition_column;
  std::vector<alternative> result;
  result.push_back(
      {referral, {static_cast<class_index>(yes_no::yes), static_cast<class_index>(yes_no::no)}});
  result.push_back({network, {static_cast<class_index>(insurance::network::in)}});
  alternative plans{product, {}};
  for (auto const plan : products_of(one == nullptr ? payer_kind::unknown : one->kind)) {
    plans.classes.push_back(static_cast<class_index>(plan));
  }
  result.push_back(std::move(plans));
  for (auto const column : {accident, age, days_since_accident, days_since_first_treatment,
                            first_care_day, location, state}) {
    if (point[static_cast<std::size_t>(column)] != 0) continue;
    alternative other{column, {}};
    for (std::size_t i = 1; i < rules.class_count(column); ++i) {
      other.classes.push_back(static_cast<class_index>(i));
    }
    result.push_back(std::move(other));
  }
  return result;
}

void add_near_miss(std::vector<near_miss>& misses, near_miss found) {
  auto const same = std::find_if(misses.begin(), misses.end(), [&](near_miss const& one) {
    return one.fact == found.fact && one.rule == found.rule;
  });
  if (same == misses.end()) {
    misses.push_back(std::move(found));
  } else {
    same->value += '|';
    same->value += found.value;
  }
}

std::vector<near_miss> find_near_misses(rule_set const& set, fact_point point, payer const* one,
                                        outcome now) {
  std::vector<near_miss> misses;
  if (now == outcome::accept) return misses;
  auto const& rules = set.rules();
  for (auto const& [column, classes] : alternatives(rules, point, one)) {
    auto& value = point[static_cast<std::size_t>(column)];
    auto const told = value;
    for (auto const other : classes) {
      value = other;
      auto const position = other == told ? std::nullopt : rules.first_match(point);
      if (!position) continue;
      auto const& row = set.tables().accept[rules.row_at(*position)];
      if (row.result >= now || row.result > outcome::accept_with_conditions) continue;
      add_near_miss(misses, {std::string(column_name(column)), rules.describe_class(column, other),
                             row.result, row.id});
    }
    value = told;
  }
  std::stable_sort(misses.begin(), misses.end(),
                   [](auto const& a, auto const& b) { return a.result < b.result; });
  return misses;
}

void fill_from_payer(decision& result, payer const* one, date date_of_service) {
  result.payer = one == nullptr ? "unknown" : one->id;
  if (one == nullptr) return;
  result.payer_name = one->name;
  result.kind = one->kind;
  result.claims_number = payer_number_for(*one, payer_number_use::claims, date_of_service);
  result.eligibility_number =
      payer_number_for(*one, payer_number_use::eligibility, date_of_service);
}

void fill_from_row(decision& result, rule_set const& set, accept_row const* row) {
  auto const& meta = set.tables().meta;
  if (row == nullptr) {
    result.rule = "none";
    result.patient = patient_sentence(meta, outcome::review, unknown_plan_sentence());
    result.staff = "No row of accept.csv speaks of this; add a catch-all row.";
    return;
  }
  result.result = row->result;
  result.rule = row->id;
  result.patient = patient_sentence(meta, row->result, row->patient);
  result.staff = row->staff;
  result.source = row->source;
  result.requires_ = row->requires_;
}

}  // namespace

decision decide(rule_set const& set, coverage_facts const& coverage, visit_facts const& told) {
  decision result;
  result.coverage = coverage;
  result.visit = consistent(told);
  payer const* const one = set.find_payer(coverage.payer);
  fill_from_payer(result, one, told.date_of_service);
  result.plan_product = plausible_product(one, coverage.plan_product);
  if (one != nullptr) {
    auto const contracts = set.contracts().find(*one, coverage, result.plan_product, result.visit);
    result.where = contracts.where;
    if (contracts.row != nullptr) result.contract = contracts.row->id;
    if (result.plan_product == product::unknown) result.plan_product = contracts.plan_product;
  }
  auto const payer_number =
      one == nullptr ? 0 : static_cast<std::size_t>(one - set.tables().payers.data()) + 1;
  auto const point = set.rules().locate(
      {payer_number, result.plan_product, result.where, coverage.referral, &result.visit});
  auto const position = set.rules().first_match(point);
  fill_from_row(result, set,
                position ? &set.tables().accept[set.rules().row_at(*position)] : nullptr);
  result.near_misses = find_near_misses(set, point, one, result.result);
  return result;
}

std::vector<std::string> outstanding(rule_set const& set, visit_decision const& decided,
                                     named_values const& answers) {
  std::vector<std::string> missing;
  for (auto const& coverage : decided.coverages) {
    for (auto const& id : coverage.requires_) {
      auto const* const asked = set.find_requirement(id);
      auto const answer = asked == nullptr ? answers.end() : answers.find(asked->answer);
      if (answer != answers.end() && !answer->second.empty()) continue;
      if (std::find(missing.begin(), missing.end(), id) == missing.end()) missing.push_back(id);
    }
  }
  return missing;
}

}  // namespace intake::forms::insurance
