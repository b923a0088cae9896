#include "forms/insurance/clocks.hpp"

#include <array>

#include <unicode/ucal.h>

namespace intake::forms::insurance {
namespace {

constexpr std::size_t zone_units_max = 64;

}  // namespace

std::optional<date> local_date(std::chrono::sys_seconds instant, std::string_view zone) {
  std::array<UChar, zone_units_max> name{};
  if (zone.empty() || zone.size() >= name.size()) return std::nullopt;
  for (std::size_t i = 0; i < zone.size(); ++i) name[i] = static_cast<unsigned char>(zone[i]);
  auto const length = static_cast<std::int32_t>(zone.size());
  UErrorCode status = U_ZERO_ERROR;
  std::array<UChar, zone_units_max> canonical{};
  UBool known = 0;
  ucal_getCanonicalTimeZoneID(name.data(), length, canonical.data(),
                              static_cast<std::int32_t>(canonical.size()), &known, &status);
  if (U_FAILURE(status) != 0 || known == 0) return std::nullopt;
  UCalendar* const calendar = ucal_open(name.data(), length, "en_US", UCAL_GREGORIAN, &status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  ucal_setMillis(calendar, static_cast<double>(instant.time_since_epoch().count()) * 1000.0,
                 &status);
  int const year = ucal_get(calendar, UCAL_YEAR, &status);
  int const month = ucal_get(calendar, UCAL_MONTH, &status) + 1;
  int const day = ucal_get(calendar, UCAL_DATE, &status);
  ucal_close(calendar);
  if (U_FAILURE(status) != 0) return std::nullopt;
  return date{std::chrono::year_month_day{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}}};
}

}  // namespace intake::forms::insurance
