#pragma once
#include "forms/insurance/facts.hpp"
#include "forms/insurance/rows.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What the clinic's contracts say about one plan. Nobody asks a patient for a network.
namespace intake::forms::insurance {

struct contract_answer {
  network where = network::not_listed;
  contract const* row = nullptr;            ///< the row the network came from
  product plan_product = product::unknown;  ///< where the contract leaves only one
};

/// An index over contracts.csv; the rows must outlive it.
class contract_book {
 public:
  explicit contract_book(std::span<contract const> rows);

  /// A row for the plan named on the card speaks before one for every plan of the payer. Rows count
  /// on the date of service, at the location and for the provider; rows that contradict each other
  /// there give `not_listed`, whatever is said for every plan. Where no row of the plan's own
  /// counts (it has ended, or there is none of that name), the one for every plan speaks, else the
  /// plan is `not_listed`.
  contract_answer find(payer const& one, coverage_facts const& coverage, product known,
                       visit_facts const& visit) const;

 private:
  using row_numbers = std::vector<std::size_t>;
  /// What the rows that count say together; empty where none counts.
  std::optional<contract_answer> agree(row_numbers const& candidates,
                                       coverage_facts const& coverage, product known,
                                       visit_facts const& visit) const;

  std::span<contract const> rows_;
  std::unordered_map<std::string, row_numbers> by_plan_;  ///< payer id, '/', folded plan name
  std::unordered_map<std::string, row_numbers> any_plan_;
};

}  // namespace intake::forms::insurance
