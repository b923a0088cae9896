#include "forms/x12/element_writer.hpp"

#include "forms/x12/values.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms::x12 {

void element_writer::refuse(std::string_view name, std::string_view code, std::string message) {
  if (error_) return;
  error_ = parse_error::at(fmt::format("{}{}{}", place_, place_.empty() ? "" : ".", name), 0, code,
                           std::move(message));
}

std::string element_writer::text(std::string_view name, std::string_view value, std::size_t max) {
  auto out = fold_text(value, marks_, letters_);
  bool const says_something = value.find_first_not_of(" \t\r\n") != value.npos;
  if (out.empty() && says_something) {
    refuse(name, "no-letters", "It has no letter or digit that X12 can carry.");
  }
  if (out.size() > max) {
    refuse(name, "too-long",
           fmt::format("X12 takes {} characters here, and this has {}.", max, out.size()));
  }
  return out;
}

std::string element_writer::required(std::string_view name, std::string_view value,
                                     std::size_t max) {
  auto out = text(name, value, max);
  if (out.empty()) refuse(name, "missing", "The inquiry can't be sent without it.");
  return out;
}

std::string element_writer::control(std::string_view name, std::string_view value) {
  if (is_digits(value) && value.size() <= 9) return std::string{value};
  refuse(name, "not-a-control-number", "A control number has 1 to 9 digits.");
  return {};
}

std::string element_writer::day(std::string_view name, std::string_view value) {
  auto const day = read_day(value);
  if (day != 0) return fmt::format("{:08}", day);
  refuse(name, "not-a-day", "It is no day of the calendar, as 2026-11-28.");
  return {};
}

std::string element_writer::time(std::string_view name, std::string_view value) {
  std::string digits;
  std::ranges::copy_if(value, std::back_inserter(digits), [](char c) { return c != ':'; });
  bool const is_time = is_digits(digits) && digits.size() >= 4 && digits.size() <= 8 &&
                       digits.substr(0, 2) < "24" && digits.substr(2, 2) < "60";
  if (!is_time) refuse(name, "not-a-time", "It is no time of the day, as 09:58.");
  return digits;
}

}  // namespace intake::forms::x12
