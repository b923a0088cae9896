#pragma once
#include "forms/x12/benefits.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Deductibles, payments, shares and limits, with what belongs together in one row.
namespace intake::forms::x12 {

enum class money_kind : std::uint8_t {
  deductible,
  copay,
  coinsurance,
  out_of_pocket,
  spend_down,
  limit,
  cost_containment,
  reserve
};

/// EB12. What is not stated is not the same as "not in network".
enum class network : std::uint8_t { in, out, either, unknown, not_stated };

/// EB02 as far as it is one person or a family; other levels keep their code.
enum class covered : std::uint8_t { individual, family, other, not_stated };

/// One number of a row, as it was said. Neither cents nor quantity: it was not said.
struct figure {
  std::uint32_t segment = 0;  ///< of its EB; 0: no such figure
  std::optional<std::int64_t> cents;
  std::string_view quantity;
  std::string_view period;  ///< EB06
};

struct money_row {
  money_kind kind = money_kind::deductible;
  network where = network::not_stated;
  covered whom = covered::not_stated;
  figure total;
  figure used;
  figure remaining;
  figure exceeded;  ///< EB06 30: what went beyond the total, and is no part of it
  /// total − used, in cents, where the payer says both, neither is below 0 and none is said to
  /// remain: always marked as derived where it is shown.
  std::optional<std::int64_t> derived_remaining_cents;
  std::string_view fraction;  ///< EB08 of a coinsurance
  std::string_view quantity_qualifier;
  /// Index in `answer::benefits` of the row it began with: services, plan, messages stand there.
  std::uint32_t benefit = 0;
};

/// In the order of the answer. Rows of one kind, network, level, plan, services and qualifiers are
/// one as long as each says another figure of a year (or of a lifetime), and none of them has a
/// message, a date or anything else of its own that tells them apart. What is said for a visit, a
/// day, an admission or no stated time is a row of its own.
std::vector<money_row> money_of(answer const&);

std::string_view name_of(money_kind) noexcept;  ///< "out-of-pocket"
std::string_view name_of(network) noexcept;     ///< "not-stated"
std::string_view name_of(covered) noexcept;

}  // namespace intake::forms::x12
