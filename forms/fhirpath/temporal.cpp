#include "forms/fhirpath/temporal.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

using enum time_precision;

constexpr std::int64_t second_ns = 1'000'000'000;
// Seconds that a zone may lie away from UTC, either way.
constexpr std::int64_t zone_slack_s = std::int64_t{14} * 3600;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes exactly `count` digits off the front as a number from `least` to `most`.
std::optional<int> take_number(std::string_view& text, std::size_t count, int least, int most) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (char const c : text.substr(0, count)) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value < least || value > most) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

bool exists(int year, int month, int day) {
  return (std::chrono::year{year} / month / day).ok();
}

bool take_date(std::string_view& text, temporal& into) {
  auto const year = take_number(text, 4, 1, 9999);
  if (!year) return false;
  into.year = static_cast<std::int16_t>(*year);
  into.precision = time_precision::year;
  if (!take(text, '-')) return true;
  auto const month = take_number(text, 2, 1, 12);
  if (!month) return false;
  into.month = static_cast<std::int8_t>(*month);
  into.precision = time_precision::month;
  if (!take(text, '-')) return true;
  auto const day = take_number(text, 2, 1, 31);
  if (!day || !exists(*year, *month, *day)) return false;
  into.day = static_cast<std::int8_t>(*day);
  into.precision = time_precision::day;
  return true;
}

bool take_fraction(std::string_view& text, temporal& into) {
  std::int32_t unit = 100'000'000;
  int digits = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++digits) {
    into.nanoseconds += unit * (text.front() - '0');
    unit /= 10;
  }
  into.fraction_digits = static_cast<std::int8_t>(std::min(digits, 9));
  into.precision = fraction;
  return digits > 0;
}

bool take_time(std::string_view& text, temporal& into) {
  auto const hours = take_number(text, 2, 0, 23);
  if (!hours) return false;
  into.hour = static_cast<std::int8_t>(*hours);
  into.precision = hour;
  if (!take(text, ':')) return true;
  auto const minutes = take_number(text, 2, 0, 59);
  if (!minutes) return false;
  into.minute = static_cast<std::int8_t>(*minutes);
  into.precision = minute;
  if (!take(text, ':')) return true;
  auto const seconds = take_number(text, 2, 0, 60);
  if (!seconds) return false;
  // FHIR's leap second.
  into.second = static_cast<std::int8_t>(std::min(*seconds, 59));
  into.precision = second;
  return !take(text, '.') || take_fraction(text, into);
}

bool take_zone(std::string_view& text, temporal& into) {
  if (text.empty()) return true;
  into.zoned = true;
  if (take(text, 'Z')) return text.empty();
  int const sign = text.starts_with('-') ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return false;
  auto const hours = take_number(text, 2, 0, 14);
  if (!hours || !take(text, ':')) return false;
  auto const minutes = take_number(text, 2, 0, 59);
  if (!minutes) return false;
  into.zone_minutes = static_cast<std::int16_t>(sign * (*hours * 60 + *minutes));
  return text.empty();
}

std::int64_t day_number(temporal const& at) {
  using namespace std::chrono;
  return sys_days{std::chrono::year{at.year} / at.month / at.day}.time_since_epoch().count();
}

/// Nanoseconds since 1970 do not fit for all years: seconds and the rest.
struct instant {
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  auto operator<=>(instant const&) const = default;
};

std::int8_t last_day_of(int year, int month) {
  auto const last = std::chrono::year{year} / month / std::chrono::last;
  return static_cast<std::int8_t>(static_cast<unsigned>(last.day()));
}

/// Fills what is open with the least or the greatest.
temporal filled(temporal at, bool greatest) {
  if (at.precision < month) at.month = greatest ? 12 : 1;
  if (at.precision < day) at.day = greatest ? last_day_of(at.year, at.month) : std::int8_t{1};
  if (at.precision < hour) at.hour = greatest ? 23 : 0;
  if (at.precision < minute) at.minute = greatest ? 59 : 0;
  if (at.precision < second) at.second = greatest ? 59 : 0;
  if (at.precision < second) at.nanoseconds = greatest ? 999'999'999 : 0;
  return at;
}

instant instant_of(temporal const& at, bool zone_counts) {
  auto const days = at.kind == temporal_kind::time ? 0 : day_number(at);
  std::int64_t seconds = ((days * 24 + at.hour) * 60 + at.minute) * 60 + at.second;
  if (zone_counts) seconds -= std::int64_t{at.zone_minutes} * 60;
  return {seconds, at.nanoseconds};
}

time_precision counted(time_precision precision) {
  // Seconds and their fractions are one precision.
  return precision == fraction ? second : precision;
}

std::optional<temporal> checked(temporal at, std::int64_t days) {
  using namespace std::chrono;
  constexpr sys_days first{std::chrono::year{1} / 1 / 1};
  constexpr sys_days last{std::chrono::year{9999} / 12 / 31};
  bool const known =
      days >= first.time_since_epoch().count() && days <= last.time_since_epoch().count();
  if (!known) return std::nullopt;
  year_month_day const date{sys_days{std::chrono::days{days}}};
  int const year = static_cast<int>(date.year());
  at.year = static_cast<std::int16_t>(year);
  at.month = static_cast<std::int8_t>(static_cast<unsigned>(date.month()));
  at.day = static_cast<std::int8_t>(static_cast<unsigned>(date.day()));
  return at;
}

std::optional<temporal> shifted_months(temporal at, std::int64_t months) {
  auto const total = std::int64_t{at.year} * 12 + at.month - 1 + months;
  if (total < 12 || total >= std::int64_t{10'000} * 12) return std::nullopt;
  at.year = static_cast<std::int16_t>(total / 12);
  at.month = static_cast<std::int8_t>(total % 12 + 1);
  at.day = std::min(at.day, last_day_of(at.year, at.month));
  return at;
}

std::optional<temporal> shifted_nanoseconds(temporal at, std::int64_t seconds, std::int64_t ns) {
  auto const base = instant_of(at, false);
  auto total_ns = base.nanoseconds + ns;
  auto total_s = base.seconds + seconds + total_ns / second_ns;
  total_ns %= second_ns;
  if (total_ns < 0) {
    total_ns += second_ns;
    --total_s;
  }
  constexpr std::int64_t day_s = 86'400;
  auto const of_day = ((total_s % day_s) + day_s) % day_s;
  at.hour = static_cast<std::int8_t>(of_day / 3600);
  at.minute = static_cast<std::int8_t>(of_day / 60 % 60);
  at.second = static_cast<std::int8_t>(of_day % 60);
  at.nanoseconds = static_cast<std::int32_t>(total_ns);
  if (at.kind == temporal_kind::time) return at;
  return checked(at, (total_s - of_day) / day_s);
}

/// Seconds of a unit; 0 for years and months, which have no fixed length.
constexpr std::array<std::int64_t, 8> unit_seconds{0, 0, 604'800, 86'400, 3600, 60, 1, 0};

std::int64_t seconds_of(time_unit unit) {
  return unit_seconds[static_cast<std::size_t>(unit)];
}

constexpr std::array<time_unit, 7> unit_of_precision{
    time_unit::year,   time_unit::month,  time_unit::day,   time_unit::hour,
    time_unit::minute, time_unit::second, time_unit::second};

/// The amount in the unit of a coarser precision, truncated: 30 days in a month, 12 months a year.
std::int64_t coarser(std::int64_t amount, time_unit unit, time_precision precision) {
  auto const wanted = unit_of_precision[static_cast<std::size_t>(precision)];
  if (unit == time_unit::month) return wanted == time_unit::year ? amount / 12 : amount;
  auto const seconds = unit == time_unit::millisecond ? amount / 1000 : amount * seconds_of(unit);
  if (wanted == time_unit::year) return seconds / (365 * seconds_of(time_unit::day));
  if (wanted == time_unit::month) return seconds / (30 * seconds_of(time_unit::day));
  return seconds / seconds_of(wanted);
}

/// A precision as it is counted in digits, with what a date has before it.
struct digits_row {
  time_precision precision;
  int of_date_time;
  int of_time;
};
constexpr std::array<digits_row, 7> digit_rows{{{year, 4, 0},
                                                {month, 6, 0},
                                                {day, 8, 0},
                                                {hour, 10, 2},
                                                {minute, 12, 4},
                                                {second, 14, 6},
                                                {fraction, 17, 9}}};

std::optional<temporal> boundary(temporal const& of, int digits, bool high) {
  bool const is_time = of.kind == temporal_kind::time;
  auto const row = std::ranges::find_if(digit_rows, [&](digits_row const& one) {
    return (is_time ? one.of_time : one.of_date_time) == digits;
  });
  if (row == digit_rows.end() || digits == 0) return std::nullopt;
  if (of.kind == temporal_kind::date && row->precision > day) return std::nullopt;
  auto result = filled(of, high);
  // UTC+14 is where a moment comes first, UTC-12 where it comes last.
  if (of.kind == temporal_kind::date_time && !of.zoned && row->precision > day) {
    result.zoned = true;
    result.zone_minutes = high ? -12 * 60 : 14 * 60;
  }
  if (row->precision == fraction && result.fraction_digits < 3) result.fraction_digits = 3;
  if (row->precision <= day) result.zoned = false;
  result.precision = row->precision;
  return result;
}

}  // namespace

std::string temporal::to_text() const {
  std::string text;
  if (kind != temporal_kind::time) {
    text = fmt::format("{:04}", year);
    if (precision >= time_precision::month) text += fmt::format("-{:02}", month);
    if (precision >= time_precision::day) text += fmt::format("-{:02}", day);
    if (precision >= time_precision::hour) text += 'T';
  }
  if (precision >= time_precision::hour) text += fmt::format("{:02}", hour);
  if (precision >= time_precision::minute) text += fmt::format(":{:02}", minute);
  if (precision >= time_precision::second) text += fmt::format(":{:02}", second);
  if (precision == fraction) {
    auto const all = fmt::format("{:09}", nanoseconds);
    text += '.' + all.substr(0, static_cast<std::size_t>(fraction_digits));
  }
  if (!zoned || precision < time_precision::hour) return text;
  if (zone_minutes == 0) return text + 'Z';
  int const minutes = std::abs(zone_minutes);
  return text +
         fmt::format("{}{:02}:{:02}", zone_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::optional<temporal> read_date_text(std::string_view text) {
  temporal result;
  if (!take_date(text, result) || !text.empty()) return std::nullopt;
  return result;
}

std::optional<temporal> read_date_time_text(std::string_view text) {
  temporal result;
  if (!take_date(text, result)) return std::nullopt;
  result.kind = temporal_kind::date_time;
  if (text.empty()) return result;
  if (!take(text, 'T')) return std::nullopt;
  if (text.empty()) return result;
  bool const good = result.precision == day && take_time(text, result) && take_zone(text, result);
  return good ? std::optional{result} : std::nullopt;
}

std::optional<temporal> read_time_text(std::string_view text) {
  temporal result;
  result.kind = temporal_kind::time;
  if (!take_time(text, result) || !text.empty()) return std::nullopt;
  return result;
}

bool are_comparable(temporal const& a, temporal const& b) {
  return (a.kind == temporal_kind::time) == (b.kind == temporal_kind::time);
}

std::optional<std::strong_ordering> compare(temporal const& a, temporal const& b) {
  bool const both_zoned = a.zoned && b.zoned;
  auto const slack = a.zoned == b.zoned || a.kind == temporal_kind::time ? 0 : zone_slack_s;
  auto const a_first = instant_of(filled(a, false), both_zoned);
  auto const a_last = instant_of(filled(a, true), both_zoned);
  auto const b_first = instant_of(filled(b, false), both_zoned);
  auto const b_last = instant_of(filled(b, true), both_zoned);
  if (instant{a_last.seconds + slack, a_last.nanoseconds} < b_first)
    return std::strong_ordering::less;
  if (instant{b_last.seconds + slack, b_last.nanoseconds} < a_first)
    return std::strong_ordering::greater;
  if (slack != 0 || counted(a.precision) != counted(b.precision)) return std::nullopt;
  return a_first <=> b_first;
}

std::optional<temporal> shifted(temporal const& at, std::int64_t amount, time_unit unit) {
  // More than this leaves the years that there are, and its products fit into 64 bits.
  constexpr std::int64_t amount_max = 1'000'000'000'000;
  if (amount > amount_max || amount < -amount_max) return std::nullopt;
  if (at.kind == temporal_kind::time && (unit == time_unit::year || unit == time_unit::month))
    return std::nullopt;
  auto const own = unit_of_precision[static_cast<std::size_t>(at.precision)];
  if (unit > own && at.precision != fraction) {
    amount = coarser(amount, unit, at.precision);
    unit = own;
  }
  if (unit == time_unit::year) return shifted_months(at, amount * 12);
  if (unit == time_unit::month) return shifted_months(at, amount);
  if (unit == time_unit::millisecond) {
    auto finer = at;
    finer.fraction_digits = std::max(at.fraction_digits, std::int8_t{3});
    return shifted_nanoseconds(finer, amount / 1000, amount % 1000 * 1'000'000);
  }
  return shifted_nanoseconds(at, amount * seconds_of(unit), 0);
}

std::optional<temporal> low_boundary(temporal const& of, int digits) {
  return boundary(of, digits, false);
}

std::optional<temporal> high_boundary(temporal const& of, int digits) {
  return boundary(of, digits, true);
}

int precision_digits(temporal const& of) {
  auto const& row = digit_rows[static_cast<std::size_t>(of.precision)];
  return of.kind == temporal_kind::time ? row.of_time : row.of_date_time;
}

}  // namespace intake::forms::fhirpath
