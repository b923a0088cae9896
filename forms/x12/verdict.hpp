#pragma once
#include "forms/x12/benefits.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// Active or not on a day: a reading of the rows EB01 1 to 8, never a promise that a service is
/// covered.
namespace intake::forms::x12 {

enum class coverage_status : std::uint8_t { active, inactive, unclear, could_not_check };

enum class verdict_reason : std::uint8_t {
  payer_says_active,
  payer_says_inactive,
  outside_plan_dates,  ///< active, but not on the day asked for
  dates_in_doubt,      ///< active, but a date says otherwise or can't be read
  payers_rows_differ,  ///< some rows say active and some do not
  still_pending,       ///< EB01 5, 7 or 8
  only_for_services,   ///< active, but no row speaks of the plan as a whole
  rejected,            ///< AAA, or EB01 V
  rejected_in_part,    ///< rows, and AAA beside or inside them
  person_in_doubt,     ///< rows, and nobody named or two at once
  nothing_said,
  cut_off  ///< the answer is not all there
};

struct verdict {
  coverage_status status = coverage_status::unclear;
  verdict_reason reason = verdict_reason::nothing_said;
  /// Of the rows that spoke, as `answer::benefits` has them.
  std::vector<std::uint32_t> rows;
};

/// `asked` 0: no day was asked for, and dates are left out of it.
verdict verdict_of(response const&, answer const&, day_number asked);

/// "could-not-check"; "payer-says-active".
std::string_view name_of(coverage_status) noexcept;
std::string_view name_of(verdict_reason) noexcept;

}  // namespace intake::forms::x12
