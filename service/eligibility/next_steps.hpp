#pragma once
#include "service/eligibility/check_result.hpp"
#include "service/eligibility/told_coverage.hpp"
#include "service/eligibility/work_list.hpp"

#include <string>
#include <vector>

namespace intake::service::eligibility {

/// What billing does next, in sentences; the payer's codes stay in them. `result` null: nobody has
/// asked yet.
std::vector<std::string> next_steps(standing, check_result const* result, told_coverage const&,
                                    std::size_t coverages);

/// Whether who pays first is told otherwise by the form and by the check; empty: not.
std::string order_mismatch(check_result const&, told_coverage const&, std::size_t coverages);

}  // namespace intake::service::eligibility
