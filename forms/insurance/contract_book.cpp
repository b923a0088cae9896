#include "forms/insurance/contract_book.hpp"

#include "forms/insurance/words.hpp"

#include <bit>

namespace intake::forms::insurance {
namespace {

// The one product a set holds, where it holds exactly one.
product only_product(value_set<product> const& set) {
  if (std::popcount(set.bits) != 1) return product::unknown;
  return static_cast<product>(std::countr_zero(set.bits));
}

bool counts(contract const& row, coverage_facts const& coverage, visit_facts const& visit) {
  return row.valid.contains(visit.date_of_service) && row.locations.contains(visit.location) &&
         row.providers.contains(coverage.provider);
}

std::string plan_key(std::string_view payer_id, std::string_view plan_name) {
  std::string key;
  key.reserve(payer_id.size() + plan_name.size() + 1);
  key += payer_id;
  key += '/';
  key += folded(plan_name);
  return key;
}

}  // namespace

contract_book::contract_book(std::span<contract const> rows) : rows_{rows} {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].plan_name.empty()) {
      any_plan_[rows[i].payer].push_back(i);
      continue;
    }
    by_plan_[plan_key(rows[i].payer, rows[i].plan_name)].push_back(i);
    for (auto const& alias : rows[i].aliases) {
      auto& numbers = by_plan_[plan_key(rows[i].payer, alias)];
      if (numbers.empty() || numbers.back() != i) numbers.push_back(i);
    }
  }
}

std::optional<contract_answer> contract_book::agree(row_numbers const& candidates,
                                                    coverage_facts const& coverage, product known,
                                                    visit_facts const& visit) const {
  contract_answer answer;
  for (std::size_t const i : candidates) {
    contract const& row = rows_[i];
    if (!counts(row, coverage, visit)) continue;
    if (known != product::unknown && !row.products.contains(known)) continue;
    product const only = only_product(row.products);
    if (answer.row == nullptr) {
      answer = {row.where, &row, only};
      continue;
    }
    if (answer.where != row.where) return contract_answer{};
    if (answer.plan_product != only) answer.plan_product = product::unknown;
  }
  return answer.row == nullptr ? std::nullopt : std::optional{answer};
}

contract_answer contract_book::find(payer const& one, coverage_facts const& coverage, product known,
                                    visit_facts const& visit) const {
  if (!coverage.plan_name.empty() && !by_plan_.empty()) {
    auto const found = by_plan_.find(plan_key(one.id, coverage.plan_name));
    if (found != by_plan_.end()) {
      if (auto const answer = agree(found->second, coverage, known, visit)) return *answer;
    }
  }
  auto const found = any_plan_.find(one.id);
  if (found == any_plan_.end()) return {};
  return agree(found->second, coverage, known, visit).value_or(contract_answer{});
}

}  // namespace intake::forms::insurance
