#include "forms/x12/plan_dates.hpp"

#include <algorithm>
#include <iterator>

namespace intake::forms::x12 {
namespace {

enum class edge : std::uint8_t {
  none,
  begins,
  ends,
  span,
  doubts  ///< what comes after it may not be covered, whatever a row says
};

// DTP01. After the death of the patient or the last paid premium a row that says "active" may be
// out of date; nobody but the payer can say.
edge edge_of(std::string_view qualifier) noexcept {
  struct row {
    std::string_view qualifier;
    edge what;
  };
  constexpr row rows[] = {
      {"291", edge::span},   {"292", edge::span},   {"307", edge::span},   {"193", edge::begins},
      {"346", edge::begins}, {"348", edge::begins}, {"356", edge::begins}, {"539", edge::begins},
      {"194", edge::ends},   {"341", edge::ends},   {"347", edge::ends},   {"349", edge::ends},
      {"357", edge::ends},   {"540", edge::ends},   {"343", edge::doubts}, {"442", edge::doubts}};
  auto const* const found = std::ranges::find(rows, qualifier, &row::qualifier);
  return found == std::end(rows) ? edge::none : found->what;
}

/// What the dates of one place (a row, a person) say.
struct said_there {
  bool has_begin = false;
  bool has_end = false;
  bool is_early = false;
  bool is_late = false;
  bool is_in_doubt = false;
};

void add(said_there& all, dated const& one, day_number asked) {
  auto const what = edge_of(one.qualifier);
  if (what == edge::none) return;
  if (one.first == 0) {
    all.is_in_doubt = true;
    all.has_begin = all.has_begin || what == edge::begins || what == edge::span;
    all.has_end = all.has_end || what == edge::ends || what == edge::span;
    return;
  }
  if (what == edge::doubts) {
    all.is_in_doubt = all.is_in_doubt || asked > one.last;
    return;
  }
  auto const bounds = bounds_of(one).value_or(plan_bounds{});
  if (bounds.first != 0) {
    all.has_begin = true;
    all.is_early = all.is_early || asked < bounds.first;
  }
  if (bounds.last != 0) {
    all.has_end = true;
    all.is_late = all.is_late || asked > bounds.last;
  }
}

}  // namespace

std::optional<plan_bounds> bounds_of(dated const& one) noexcept {
  if (one.first == 0) return std::nullopt;
  // One day for a span is the day it began: payers leave the end open so.
  bool const is_one_day = one.format != "RD8";
  switch (edge_of(one.qualifier)) {
    case edge::begins:
    case edge::span:
      return plan_bounds{one.first, is_one_day ? 0 : one.last};
    case edge::ends:
      return plan_bounds{is_one_day ? 0 : one.first, one.last};
    default:
      return std::nullopt;
  }
}

bool is_span_of_days(dated const& one) noexcept {
  auto const what = edge_of(one.qualifier);
  return one.format == "RD8" && one.first != 0 && (what == edge::span || what == edge::begins);
}

day_standing standing_on(day_number asked,
                         std::span<std::vector<dated> const* const> nearest_first) noexcept {
  if (asked == 0) return day_standing::inside;
  bool is_outside = false;
  said_there nearer;
  for (auto const* const dates : nearest_first) {
    said_there here;
    for (auto const& one : *dates) add(here, one, asked);
    is_outside =
        is_outside || (here.is_early && !nearer.has_begin) || (here.is_late && !nearer.has_end);
    nearer.is_in_doubt = nearer.is_in_doubt || here.is_in_doubt || here.is_early || here.is_late;
    nearer.has_begin = nearer.has_begin || here.has_begin;
    nearer.has_end = nearer.has_end || here.has_end;
  }
  if (is_outside) return day_standing::outside;
  return nearer.is_in_doubt ? day_standing::in_doubt : day_standing::inside;
}

}  // namespace intake::forms::x12
