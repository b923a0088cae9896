#include "forms/relative_date.hpp"

#include "forms/calendar.hpp"

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

/// The units whose shifts are days or months; all others are the compiled expression's.
char unit_of(std::string_view word) {
  if (word.size() > 1 && word.front() == '\'' && word.back() == '\'') {
    word = word.substr(1, word.size() - 2);
  }
  for (std::string_view const unit : {"year", "month", "week", "day"}) {
    if (word.starts_with(unit) && (word.size() == unit.size() || word.substr(unit.size()) == "s")) {
      return unit.front();
    }
  }
  return '?';
}

/// "+ 3 months" after today() or now(): an amount and its unit.
struct date_shift {
  int amount = 0;
  char unit = 'd';
};

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<date_shift> read_shift(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return date_shift{};
  int const sign = text[0] == '-' ? -1 : 1;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  text = trimmed(text.substr(1));
  date_shift shift;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), shift.amount);
  if (fault != std::errc{} || shift.amount < 0 || shift.amount > 10'000) return std::nullopt;
  text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  shift.unit = unit_of(text);
  if (shift.unit == '?') return std::nullopt;
  shift.amount *= sign;
  return shift;
}

std::string shifted(std::string_view today, date_shift const& shift) {
  using namespace std::chrono;
  auto const number = days_of(today);
  if (!number) return {};
  auto const day = sys_days{days{*number}};
  if (shift.unit == 'd' || shift.unit == 'w') {
    year_month_day const moved{day + days{shift.amount * (shift.unit == 'w' ? 7 : 1)}};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(moved.year()),
                       static_cast<unsigned>(moved.month()), static_cast<unsigned>(moved.day()));
  }
  auto moved = year_month_day{day} + months{shift.amount * (shift.unit == 'y' ? 12 : 1)};
  // FHIRPath: the last day of the month where there is no such day.
  if (!moved.ok()) moved = moved.year() / moved.month() / last;
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(moved.year()),
                     static_cast<unsigned>(moved.month()), static_cast<unsigned>(moved.day()));
}

}  // namespace

answer_value limit_value(answer_value const& written, form_expression const& expression,
                         std::string_view today) {
  if (has_value(written) || expression.text.empty() || today.empty()) return written;
  std::string_view text = trimmed(expression.text);
  for (std::string_view const name : {"today()", "now()"}) {
    if (!text.starts_with(name)) continue;
    auto const shift = read_shift(text.substr(name.size()));
    if (!shift) return {};
    auto date = shifted(today, *shift);
    return date.empty() ? answer_value{} : answer_value{fhir_date{std::move(date)}};
  }
  return {};
}

}  // namespace intake::forms
