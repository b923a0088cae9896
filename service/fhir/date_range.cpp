#include "service/fhir/date_range.hpp"

#include "forms/calendar.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace intake::service::fhir {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;

std::chrono::sys_days day_of(std::int64_t us) {
  auto const days = us >= 0 ? us / day_us : (us - day_us + 1) / day_us;
  return std::chrono::sys_days(std::chrono::days(days));
}

certs::utc_time time_of(std::int64_t us) {
  return certs::utc_time(std::chrono::microseconds(us));
}

/// From the first instant that the text may mean to the one after the last.
std::optional<date_range> span_of(clinic_time const& clock, std::string_view text) {
  auto const read = forms::read_date_time(text);
  if (read.fault != forms::calendar_fault::none) return std::nullopt;
  if (read.span.zoned)
    return date_range{time_of(read.span.first_us), time_of(read.span.last_us + 1)};
  return date_range{clock.day(day_of(read.span.first_us)).first,
                    clock.day(day_of(read.span.last_us)).second};
}

enum class edge { open, first, after };

struct prefix_row {
  std::string_view word;
  edge from;
  edge until;
};

constexpr std::array prefixes{
    prefix_row{"eq", edge::first, edge::after}, prefix_row{"gt", edge::after, edge::open},
    prefix_row{"sa", edge::after, edge::open},  prefix_row{"ge", edge::first, edge::open},
    prefix_row{"lt", edge::open, edge::first},  prefix_row{"eb", edge::open, edge::first},
    prefix_row{"le", edge::open, edge::after}};

certs::utc_time at(edge which, date_range const& span, certs::utc_time open) {
  if (which == edge::open) return open;
  return which == edge::first ? span.from : span.until;
}

}  // namespace

std::optional<date_range> read_date_parameter(clinic_time const& clock, std::string_view value) {
  auto const found = std::ranges::find(prefixes, value.substr(0, 2), &prefix_row::word);
  auto const row = found == prefixes.end() ? prefixes.front() : *found;
  std::string text(value.substr(found == prefixes.end() ? 0 : 2));
  // A zone's plus sign that was not encoded has become a space.
  std::ranges::replace(text, ' ', '+');
  auto const span = span_of(clock, text);
  if (!span) return std::nullopt;
  return date_range{at(row.from, *span, certs::utc_time::min()),
                    at(row.until, *span, certs::utc_time::max())};
}

date_range narrowed(date_range const& one, date_range const& other) {
  return {std::max(one.from, other.from), std::min(one.until, other.until)};
}

std::optional<certs::utc_time> beginning_of(clinic_time const& clock, std::string_view date_time) {
  auto const span = span_of(clock, date_time);
  return span ? std::optional(span->from) : std::nullopt;
}

}  // namespace intake::service::fhir
