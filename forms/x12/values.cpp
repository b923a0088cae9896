#include "forms/x12/values.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

constexpr std::int64_t cents_max = 1'000'000'000'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int number_of(std::string_view digits) {
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

/// A number of type R, taken apart; leading zeros and the fraction's trailing zeros are gone.
struct number_parts {
  bool is_negative = false;
  std::string_view whole;
  std::string_view fraction;
};

std::optional<number_parts> parts_of(std::string_view text) {
  if (!is_number(text)) return std::nullopt;
  number_parts parts;
  parts.is_negative = text.front() == '-';
  if (parts.is_negative) text.remove_prefix(1);
  auto const point = std::min(text.find('.'), text.size());
  parts.whole = text.substr(0, point);
  parts.fraction = text.substr(std::min(point + 1, text.size()));
  parts.whole.remove_prefix(std::min(parts.whole.find_first_not_of('0'), parts.whole.size()));
  auto const last = parts.fraction.find_last_not_of('0');
  parts.fraction = parts.fraction.substr(0, last == parts.fraction.npos ? 0 : last + 1);
  return parts;
}

}  // namespace

bool is_digits(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool is_number(std::string_view text) noexcept {
  if (text.starts_with('-')) text.remove_prefix(1);
  auto const digits = std::ranges::count_if(text, is_digit);
  auto const points = std::ranges::count(text, '.');
  return digits > 0 && points <= 1 && static_cast<std::size_t>(digits + points) == text.size();
}

std::optional<std::int64_t> read_cents(std::string_view text) noexcept {
  auto const parts = parts_of(text);
  if (!parts || parts->fraction.size() > 2 || parts->whole.size() > 14) return std::nullopt;
  std::int64_t cents = 0;
  for (char const c : parts->whole) cents = cents * 10 + (c - '0');
  for (std::size_t i = 0; i < 2; ++i) {
    cents = cents * 10 + (i < parts->fraction.size() ? parts->fraction[i] - '0' : 0);
  }
  if (cents > cents_max) return std::nullopt;
  return parts->is_negative ? -cents : cents;
}

std::optional<std::string> percent_of(std::string_view fraction) {
  auto const parts = parts_of(fraction);
  if (!parts) return std::nullopt;
  bool const is_zero = parts->whole.empty() && parts->fraction.empty();
  if (is_zero) return "0";
  if (parts->is_negative) return std::nullopt;
  if (parts->whole == "1" && parts->fraction.empty()) return "100";
  if (!parts->whole.empty()) return std::nullopt;
  std::string digits{parts->fraction};
  if (digits.size() < 2) digits.resize(2, '0');
  auto percent = digits.substr(0, 2);
  percent.erase(0, std::min(percent.find_first_not_of('0'), percent.size() - 1));
  if (digits.size() > 2) percent += "." + digits.substr(2);
  return percent;
}

day_number read_day(std::string_view text) noexcept {
  char digits[8];
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    std::size_t at = 0;
    for (char const c : text) {
      if (c != '-' && at < 8) digits[at++] = c;
    }
    text = {digits, at};
  }
  if (text.size() != 8 || !is_digits(text)) return 0;
  auto const year = number_of(text.substr(0, 4));
  auto const month = number_of(text.substr(4, 2));
  auto const day = number_of(text.substr(6, 2));
  if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return 0;
  return number_of(text);
}

bool is_short_day(std::string_view text) noexcept {
  if (text.size() != 6 || !is_digits(text)) return false;
  // Whether a year of two digits is a leap year depends on its century for 00 only, and 2000 was.
  auto const year = 2000 + number_of(text.substr(0, 2));
  auto const month = number_of(text.substr(2, 2));
  auto const day = number_of(text.substr(4, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

bool is_time(std::string_view text) noexcept {
  bool const has_length = text.size() == 4 || (text.size() >= 6 && text.size() <= 8);
  if (!has_length || !is_digits(text)) return false;
  return text.substr(0, 2) < "24" && text.substr(2, 2) < "60" &&
         (text.size() == 4 || text.substr(4, 2) < "60");
}

std::string iso_day(day_number day) {
  if (day == 0) return {};
  return fmt::format("{:04}-{:02}-{:02}", day / 10000, day / 100 % 100, day % 100);
}

}  // namespace intake::forms::x12
