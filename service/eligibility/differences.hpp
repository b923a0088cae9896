#pragma once
#include "service/eligibility/check_result.hpp"
#include "service/texts/clinic_time.hpp"

#include <string>
#include <vector>

namespace intake::service::eligibility {

/// One thing that a check says otherwise than the one before it; an empty side was not said.
struct difference {
  std::string what;
  std::string before;
  std::string after;
  bool operator==(difference const&) const = default;
};

/// The same for checks by hand and electronic ones. What one of them does not say is no difference
/// of money lines where a person wrote it down: a person writes less than a payer sends.
std::vector<difference> differences(check_result const& before, check_result const& after);

/// One side of a difference as people read it: "not said", "Nov 30, 2026".
std::string in_words(difference const&, std::string const& side, clinic_time const&);

/// "$1,250.00"; empty for nothing: unknown is never 0.
std::string dollars(std::optional<std::int64_t> cents);

/// "In network, individual" and "Deductible": how the pages call them.
std::string money_place(money_line const&);
std::string money_name(money_line const&);

}  // namespace intake::service::eligibility
