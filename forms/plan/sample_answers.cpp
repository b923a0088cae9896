#include "forms/plan/sample_answers.hpp"

#include <charconv>

#include <fmt/format.h>

namespace intake::forms {
namespace {

std::string iso(std::chrono::sys_days day) {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

}  // namespace

std::string with_dates(std::string_view text, std::chrono::sys_days today) {
  constexpr std::string_view open = "{{today", close = "}}";
  std::string result;
  for (auto at = text.find(open); at != text.npos; at = text.find(open)) {
    result += text.substr(0, at);
    text.remove_prefix(at + open.size());
    auto const end = text.find(close);
    if (end == text.npos) break;
    int days = 0;
    auto const offset = text.substr(text.starts_with('+') ? 1 : 0, end);
    std::from_chars(offset.data(), offset.data() + offset.size(), days);
    result += iso(today + std::chrono::days{days});
    text.remove_prefix(end + close.size());
  }
  return result += text;
}

}  // namespace intake::forms
