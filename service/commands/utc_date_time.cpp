#include "service/commands/utc_date_time.hpp"

#include <chrono>

#include <fmt/format.h>

namespace intake::service::commands {

std::string utc_date_time(certs::utc_time now) {
  auto const day = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::milliseconds>(now - day)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

}  // namespace intake::service::commands
