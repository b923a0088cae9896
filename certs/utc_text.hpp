#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace intake::certs {

/// "2026-11-23T14:05:06Z".
std::string utc_text(std::chrono::sys_seconds time);

/// Reads exactly that form, years 1970 to 9999, no leap second.
std::optional<std::chrono::sys_seconds> parse_utc_text(std::string_view text);

/// Reads exactly "1961-03-04", years 1 to 9999.
std::optional<std::chrono::year_month_day> parse_date_text(std::string_view text);

}  // namespace intake::certs
