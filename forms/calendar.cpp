#include "forms/calendar.hpp"

#include <algorithm>
#include <chrono>

namespace intake::forms {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t minute_us = 60 * second_us;
constexpr std::int64_t day_us = 24 * 60 * minute_us;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes exactly `count` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count ||
      !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), is_digit)) {
    return std::nullopt;
  }
  int value = 0;
  for (char const c : text.substr(0, count)) value = value * 10 + (c - '0');
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::int64_t day_number(int year, int month, int day) {
  using namespace std::chrono;
  auto const date = std::chrono::year{year} / month / day;
  return sys_days{date}.time_since_epoch().count();
}

time_span days(std::int64_t first, std::int64_t after) {
  return {first * day_us, after * day_us - 1, false};
}

calendar_reading fail(calendar_fault fault) {
  return {{}, fault};
}

/// Reads the date at the front; what follows stays in `text`.
calendar_reading take_date(std::string_view& text) {
  auto const year = take_number(text, 4);
  if (!year) return fail(calendar_fault::malformed);
  if (*year == 0) return fail(calendar_fault::impossible);
  if (!take(text, '-')) return {days(day_number(*year, 1, 1), day_number(*year + 1, 1, 1)), {}};
  auto const month = take_number(text, 2);
  if (!month) return fail(calendar_fault::malformed);
  if (*month < 1 || *month > 12) return fail(calendar_fault::impossible);
  if (!take(text, '-')) {
    auto const next = *month == 12 ? day_number(*year + 1, 1, 1) : day_number(*year, *month + 1, 1);
    return {days(day_number(*year, *month, 1), next), {}};
  }
  auto const day = take_number(text, 2);
  if (!day) return fail(calendar_fault::malformed);
  auto const date = std::chrono::year{*year} / *month / *day;
  if (!date.ok()) return fail(calendar_fault::impossible);
  auto const number = day_number(*year, *month, *day);
  return {days(number, number + 1), {}};
}

/// Reads hh:mm:ss[.f] at the front as a span within a day.
calendar_reading take_time(std::string_view& text) {
  auto const hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return fail(calendar_fault::malformed);
  auto const minute = take_number(text, 2);
  if (!minute) return fail(calendar_fault::malformed);
  if (*hour > 23 || *minute > 59) return fail(calendar_fault::impossible);
  if (!take(text, ':')) return fail(calendar_fault::incomplete);
  auto const second = take_number(text, 2);
  if (!second) return fail(calendar_fault::malformed);
  if (*second > 60) return fail(calendar_fault::impossible);
  auto first = (*hour * 60 + *minute) * minute_us + std::min(*second, 59) * second_us;
  std::int64_t unit = second_us;
  if (take(text, '.')) {
    if (text.empty() || !is_digit(text.front())) return fail(calendar_fault::malformed);
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
      unit /= 10;
      first += unit * (text.front() - '0');
    }
  }
  return {{first, first + std::max<std::int64_t>(unit, 1) - 1, false}, {}};
}

/// Minutes east of UTC.
std::optional<int> take_zone(std::string_view& text) {
  if (take(text, 'Z')) return 0;
  int const sign = text.starts_with('-') ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  auto const hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  auto const minutes = take_number(text, 2);
  bool const possible =
      minutes && *minutes <= 59 && (*hours < 14 || (*hours == 14 && *minutes == 0));
  if (!possible) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

calendar_reading read_date(std::string_view text) {
  auto const reading = take_date(text);
  if (reading.fault == calendar_fault::none && !text.empty())
    return fail(calendar_fault::malformed);
  return reading;
}

calendar_reading read_time(std::string_view text) {
  auto const reading = take_time(text);
  if (reading.fault == calendar_fault::none && !text.empty())
    return fail(calendar_fault::malformed);
  return reading;
}

calendar_reading read_date_time(std::string_view text) {
  auto const date = take_date(text);
  if (date.fault != calendar_fault::none || text.empty()) return date;
  bool const full_date = date.span.last_us - date.span.first_us == day_us - 1;
  if (!full_date || !take(text, 'T')) return fail(calendar_fault::malformed);
  auto const time = take_time(text);
  if (time.fault != calendar_fault::none) return time;
  if (text.empty()) return fail(calendar_fault::incomplete);
  auto const zone = take_zone(text);
  if (!zone || !text.empty()) return fail(calendar_fault::malformed);
  auto const offset = date.span.first_us - *zone * minute_us;
  return {{offset + time.span.first_us, offset + time.span.last_us, true}, {}};
}

std::strong_ordering compare_overlapping(time_span const& a, time_span const& b) {
  // A zone is at most 14 hours east or 12 west of UTC.
  std::int64_t const slack = a.zoned == b.zoned ? 0 : 14 * 60 * minute_us;
  if (a.last_us + slack < b.first_us) return std::strong_ordering::less;
  if (a.first_us - slack > b.last_us) return std::strong_ordering::greater;
  return std::strong_ordering::equal;
}

std::optional<std::strong_ordering> compare_certain(time_span const& a, time_span const& b) {
  constexpr std::int64_t second_us = 1'000'000;
  auto const has_seconds = [](time_span const& one) {
    return one.last_us - one.first_us < second_us;
  };
  bool const same_clock = a.zoned == b.zoned;
  if (same_clock && has_seconds(a) && has_seconds(b)) return a.first_us <=> b.first_us;
  if (a == b) return std::strong_ordering::equal;
  auto const order = compare_overlapping(a, b);
  return order == 0 ? std::nullopt : std::optional{order};
}

std::optional<std::int64_t> days_of(std::string_view full_date) {
  if (full_date.size() != 10) return std::nullopt;
  auto const reading = read_date(full_date);
  if (reading.fault != calendar_fault::none) return std::nullopt;
  return reading.span.first_us / day_us;
}

}  // namespace intake::forms
