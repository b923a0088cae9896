#pragma once
#include "forms/x12/benefits.hpp"
#include "service/eligibility/check_result.hpp"

namespace intake::service::eligibility {

/// The most EB segments that are kept as rows beside the answer itself, which is kept whole.
inline constexpr std::size_t said_rows_max = 2'000;

/// What a 271 says of one patient, for the day that was asked about. Whoever it names must be whom
/// we asked about: with another birth date, with both names others, or with another given name and
/// member number, the verdict is unclear, whatever the rows say.
check_result result_of(forms::x12::response const&, forms::x12::answer const&,
                       asked_about const& asked, forms::x12::day_number day);

}  // namespace intake::service::eligibility
