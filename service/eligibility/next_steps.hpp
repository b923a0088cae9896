#pragma once
#include "service/eligibility/check_result.hpp"
#include "service/eligibility/told_coverage.hpp"
#include "service/eligibility/work_list.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace intake::service::eligibility {

/// What billing does next, in sentences; the payer's codes stay in them. `result` null: nobody has
/// asked yet.
std::vector<std::string> next_steps(standing, check_result const* result, told_coverage const&,
                                    std::size_t coverages);

/// A question of the forms that the patient is asked once more.
struct correction {
  std::string_view link_id;
  /// "the member ID"
  std::string_view words;
  bool operator==(correction const&) const = default;
};

/// What of the forms a payer that found nobody (AAA 58, 71, 72, 73, 75) wants otherwise; each once.
std::vector<correction> corrections_of(check_result const&);

/// Whether who pays first is told otherwise by the form and by the check; empty: not.
std::string order_mismatch(check_result const&, told_coverage const&, std::size_t coverages);

}  // namespace intake::service::eligibility
