#include "service/retention_classes.hpp"

#include "certs/uuid.hpp"
#include "forms/calendar.hpp"

#include <fmt/format.h>

namespace intake::service {

std::optional<std::chrono::year_month_day> day_of_age(std::string_view birth_date, int age_years) {
  auto const read = forms::read_date(birth_date);
  if (read.fault != forms::calendar_fault::none) return std::nullopt;
  certs::utc_time const last{std::chrono::microseconds(read.span.last_us)};
  std::chrono::year_month_day const born{std::chrono::floor<std::chrono::days>(last)};
  auto const day = born + std::chrono::years(age_years);
  // Who was born on 29 February has a birthday every year all the same.
  return day.ok() ? day : std::chrono::year_month_day{day.year() / day.month() / std::chrono::last};
}

retention_class class_of(summary const& read, certs::utc_time last_contact, int minors_until_age,
                         std::chrono::year_month_day const& today) {
  auto grown = day_of_age(read.birth_date, minors_until_age);
  // Nobody is younger than who was born on the day of the contact.
  if (!grown) {
    std::chrono::year_month_day const day{std::chrono::floor<std::chrono::days>(last_contact)};
    grown = day_of_age(
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                    static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())),
        minors_until_age);
  }
  return grown && today < *grown ? retention_class::minor : retention_class::adult;
}

}  // namespace intake::service
