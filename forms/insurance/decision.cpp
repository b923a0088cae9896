#include "forms/insurance/decision.hpp"

#include "forms/insurance/contract_book.hpp"
#include "forms/insurance/matcher.hpp"

#include <algorithm>
#include <utility>

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
    visit.dates.accident.reset();
    visit.dates.first_treatment.reset();
    visit.dates.not_yet_treated = false;
  }
  return visit;
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

// Tries other values of one fact at a time and keeps those that bring a better outcome. Only facts
// that somebody may still find out or change: not the payer, and a number or place only while it is
// unknown. "unknown" and "not listed" are nobody's goal.
class near_miss_search {
 public:
  near_miss_search(rule_set const& set, fact_point const& point, outcome now)
      : set_{set}, point_{point}, now_{now} {}

  std::vector<near_miss> run(payer const* one) && {
    using enum condition_column;
    if (now_ == outcome::accept) return {};
    consider(referral, static_cast<class_index>(yes_no::yes));
    consider(referral, static_cast<class_index>(yes_no::no));
    consider(network, static_cast<class_index>(insurance::network::in));
    for (auto const plan : products_of(one == nullptr ? payer_kind::unknown : one->kind)) {
      consider(product, static_cast<class_index>(plan));
    }
    for (auto const column : {accident, age, days_since_accident, days_since_first_treatment,
                              first_care_day, location, state}) {
      if (point_[static_cast<std::size_t>(column)] != 0 || !set_.rules().is_asked(column)) continue;
      for (class_index i = 1; i < set_.rules().class_count(column); ++i) consider(column, i);
    }
    std::stable_sort(misses_.begin(), misses_.end(),
                     [](auto const& a, auto const& b) { return a.result < b.result; });
    return std::move(misses_);
  }

 private:
  void consider(condition_column column, class_index other) {
    auto& value = point_[static_cast<std::size_t>(column)];
    if (value == other) return;
    auto const told = std::exchange(value, other);
    auto const position = set_.rules().first_match(point_);
    value = told;
    if (!position) return;
    auto const& row = set_.tables().accept[set_.rules().row_at(*position)];
    if (row.result >= now_ || row.result > outcome::accept_with_conditions) return;
    add_near_miss(misses_, {std::string(column_name(column)),
                            set_.rules().describe_class(column, other), row.result, row.id});
  }

  rule_set const& set_;
  fact_point point_;
  outcome now_;
  std::vector<near_miss> misses_;
};

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
  result.patient = set.spoken(row);
  if (row == nullptr) {
    result.rule = "none";
    result.staff = "No row of accept.csv speaks of this; add a catch-all row.";
    return;
  }
  result.result = row->result;
  result.rule = row->id;
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
  result.near_misses = near_miss_search(set, point, result.result).run(one);
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
