#include "forms/x12/element_writer.hpp"

#include "forms/x12/values.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

bool says_something(std::string_view value) {
  return value.find_first_not_of(" \t\r\n") != value.npos;
}

bool is_code(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::string lost_letters(written_field const& field) {
  return fmt::format("{} has letters that X12's character set does not have.", field.element);
}

}  // namespace

void element_writer::refuse(written_field const& field, std::string_view code,
                            std::string message) {
  if (error_) return;
  auto const dot = place_.empty() || field.member.empty() ? "" : ".";
  error_ = parse_error::at(fmt::format("{}{}{}", place_, dot, field.member), 0, code,
                           std::move(message));
}

std::string element_writer::within_length(written_field const& field, std::string text) {
  if (text.size() > field.max) {
    refuse(field, "too-long",
           fmt::format("{} takes {} characters, and this has {}.", field.element, field.max,
                       text.size()));
  }
  if (!text.empty() && text.size() < field.min) {
    refuse(field, "too-short",
           fmt::format("{} has at least {} characters, and this has {}.", field.element, field.min,
                       text.size()));
  }
  return text;
}

std::string element_writer::present(written_field const& field, std::string text) {
  if (text.empty()) {
    refuse(field, "missing",
           fmt::format("The inquiry can't be sent without it ({}).", field.element));
  }
  return text;
}

std::string element_writer::text(written_field const& field, std::string_view value) {
  auto out = fold(value, marks_, letters_);
  if (out.has_lost) refuse(field, "letters-not-in-x12", lost_letters(field));
  if (out.text.empty() && says_something(value)) {
    refuse(field, "no-letters",
           fmt::format("{} has no letter or digit that X12 can carry.", field.element));
  }
  return within_length(field, std::move(out.text));
}

std::string element_writer::required(written_field const& field, std::string_view value) {
  return present(field, text(field, value));
}

std::string element_writer::id(written_field const& field, std::string_view value) {
  auto out = fold(value, marks_, letters_);
  if (out.has_lost || out.has_replaced) refuse(field, "letters-not-in-x12", lost_letters(field));
  return within_length(field, std::move(out.text));
}

std::string element_writer::required_id(written_field const& field, std::string_view value) {
  return present(field, id(field, value));
}

std::string element_writer::code(written_field const& field, std::string_view value) {
  auto out = id(field, value);
  if (!is_code(out)) {
    refuse(field, "not-a-code", fmt::format("{} is letters and digits only.", field.element));
  }
  return out;
}

std::string element_writer::required_code(written_field const& field, std::string_view value) {
  return present(field, code(field, value));
}

std::string element_writer::control(written_field const& field, std::string_view value) {
  if (is_digits(value) && value.size() <= 9) return std::string{value};
  refuse(field, "not-a-control-number", fmt::format("{} has 1 to 9 digits.", field.element));
  return {};
}

std::string element_writer::day(written_field const& field, std::string_view value) {
  auto const day = read_day(value);
  if (day != 0) return fmt::format("{:08}", day);
  refuse(field, "not-a-day",
         fmt::format("{} is no day of the calendar, as 2026-11-28.", field.element));
  return {};
}

std::string element_writer::time(written_field const& field, std::string_view value) {
  std::string digits;
  std::ranges::copy_if(value, std::back_inserter(digits), [](char c) { return c != ':'; });
  if (!is_time(digits)) {
    refuse(field, "not-a-time", fmt::format("{} is no time of the day, as 09:58.", field.element));
  }
  return digits;
}

}  // namespace intake::forms::x12
