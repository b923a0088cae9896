#pragma once
#include "forms/x12/tag.hpp"

#include <array>
#include <cstdint>
#include <string_view>

/// What the elements of each segment may hold, as a table.
namespace intake::forms::x12 {

/// X12.6 data types. `codes` is the only one that repeats, `composite` the only one with
/// components.
enum class element_type : std::uint8_t {
  unused,
  id,
  text,
  codes,
  integer,
  decimal,
  date,
  short_date,  ///< YYMMDD
  time,
  composite
};

struct element_rule {
  element_type kind = element_type::unused;
  bool is_required = false;
  std::uint8_t min = 0;
  std::uint16_t max = 0;
  /// The values of an element of one character, where they are few; empty: any.
  std::string_view values;
};

struct segment_rule {
  tag name = tag::other;
  std::array<element_rule, 17> elements{};
  std::uint8_t count = 0;
  /// Two elements of which neither stands alone (P in the standard's syntax notes); 0 for none.
  std::array<std::array<std::uint8_t, 2>, 3> pairs{};
};

/// Null for a segment that is not in the table.
segment_rule const* rule_of(tag) noexcept;

}  // namespace intake::forms::x12
