#include "certs/utc_text.hpp"

#include <algorithm>
#include <charconv>

namespace intake::certs {
namespace {

constexpr std::string_view date_pattern = "dddd-dd-dd";
constexpr std::string_view time_pattern = "dddd-dd-ddTdd:dd:ddZ";

void append_padded(std::string& out, int number, std::size_t width) {
  auto const digits = std::to_string(number);
  out.append(width - std::min(width, digits.size()), '0');
  out += digits;
}

bool fits(std::string_view pattern, std::string_view text) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const is_digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !is_digit : text[i] != pattern[i]) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t begin, std::size_t width) {
  int number = 0;
  std::from_chars(text.data() + begin, text.data() + begin + width, number);
  return number;
}

}  // namespace

std::string utc_text(std::chrono::sys_seconds time) {
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const clock(time - day);
  struct field {
    int number;
    std::size_t width;
    char end;
  };
  std::string text;
  for (auto const& f : {field{static_cast<int>(date.year()), 4, '-'},
                        field{static_cast<int>(static_cast<unsigned>(date.month())), 2, '-'},
                        field{static_cast<int>(static_cast<unsigned>(date.day())), 2, 'T'},
                        field{static_cast<int>(clock.hours().count()), 2, ':'},
                        field{static_cast<int>(clock.minutes().count()), 2, ':'},
                        field{static_cast<int>(clock.seconds().count()), 2, 'Z'}}) {
    append_padded(text, f.number, f.width);
    text += f.end;
  }
  return text;
}

std::optional<std::chrono::year_month_day> parse_date_text(std::string_view text) {
  if (!fits(date_pattern, text)) return std::nullopt;
  std::chrono::year_month_day const date(
      std::chrono::year(number_at(text, 0, 4)),
      std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
      std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
  if (!date.ok() || date.year() < std::chrono::year(1)) return std::nullopt;
  return date;
}

std::optional<std::chrono::sys_seconds> parse_utc_text(std::string_view text) {
  if (!fits(time_pattern, text)) return std::nullopt;
  auto const date = parse_date_text(text.substr(0, date_pattern.size()));
  std::chrono::hours const hours(number_at(text, 11, 2));
  std::chrono::minutes const minutes(number_at(text, 14, 2));
  std::chrono::seconds const seconds(number_at(text, 17, 2));
  if (!date || date->year() < std::chrono::year(1970) || hours.count() > 23 ||
      minutes.count() > 59 || seconds.count() > 59) {
    return std::nullopt;
  }
  return std::chrono::sys_days(*date) + hours + minutes + seconds;
}

}  // namespace intake::certs
