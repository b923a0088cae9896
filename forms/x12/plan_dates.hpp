#pragma once
#include "forms/x12/parties.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Which of the payer's dates bound a plan or a benefit, and what they say of a day.
namespace intake::forms::x12 {

/// The days that a DTP bounds; 0 where it leaves that side open.
struct plan_bounds {
  day_number first = 0;
  day_number last = 0;
};

/// Nothing where the date bounds no plan, or can't be read.
std::optional<plan_bounds> bounds_of(dated const&) noexcept;

/// Whether the date says for which days a row speaks, and not only when a plan ended.
bool is_span_of_days(dated const&) noexcept;

enum class day_standing : std::uint8_t {
  inside,
  outside,
  in_doubt  ///< a date can't be read, or one that is not this row's own leaves the day out
};

/// What dates say of a day: a row's own first, then those of the patient and of the subscriber.
/// The nearest begin and the nearest end decide. Inside where no day is asked for.
day_standing standing_on(day_number asked,
                         std::span<std::vector<dated> const* const> nearest_first) noexcept;

}  // namespace intake::forms::x12
