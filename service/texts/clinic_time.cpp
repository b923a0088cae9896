#include "service/texts/clinic_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace intake::service {
namespace {

// Haitian Creole has no date patterns in CLDR 42: day, month name and year are put together from
// our own names.
constexpr std::array<std::string_view, 12> haitian_months{"janvye",  "fevriye", "mas",    "avril",
                                                          "me",      "jen",     "jiyè",   "out",
                                                          "septanm", "oktòb",   "novanm", "desanm"};

icu::Locale locale_of(language l) {
  switch (l) {
    case language::en:
      return icu::Locale::getUS();
    case language::es:
      return icu::Locale("es", "US");
    case language::ht:
      break;
  }
  return icu::Locale("fr", "HT");
}

std::string to_utf8(icu::UnicodeString const& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

UDate to_icu(certs::utc_time time) {
  return static_cast<UDate>(
      std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count());
}

std::string format(icu::TimeZone const& zone, language l, char const* pattern, UDate time) {
  UErrorCode status = U_ZERO_ERROR;
  icu::SimpleDateFormat formatter(icu::UnicodeString::fromUTF8(pattern), locale_of(l), status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no date format for a language of ours");
  formatter.setTimeZone(zone);
  icu::UnicodeString text;
  return to_utf8(formatter.format(time, text));
}

struct partial_date {
  int year = 0;
  int month = 0;
  int day = 0;
};

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  if (from + count > text.size()) return std::nullopt;
  auto const* const begin = text.data() + from;
  auto const [end, error] = std::from_chars(begin, begin + count, value);
  if (error != std::errc{} || end != begin + count) return std::nullopt;
  return value;
}

std::optional<partial_date> read_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  auto const year = digits(text, 0, 4);
  auto const month = text.size() > 4 ? digits(text, 5, 2) : 0;
  auto const day = text.size() > 7 ? digits(text, 8, 2) : 0;
  if (!year || !month || !day || *month > 12) return std::nullopt;
  return partial_date{*year, *month, *day};
}

std::string haitian_date(partial_date const& date) {
  std::string text;
  if (date.day != 0) text += std::to_string(date.day) + " ";
  if (date.month != 0) {
    text += std::string(haitian_months[static_cast<std::size_t>(date.month - 1)]) + " ";
  }
  return text + std::to_string(date.year);
}

char const* date_pattern(language l, partial_date const& date) {
  if (date.month == 0) return "y";
  if (date.day == 0) return l == language::en ? "MMMM y" : "MMMM 'de' y";
  return l == language::en ? "MMMM d, y" : "d 'de' MMMM 'de' y";
}

}  // namespace

struct clinic_time::zone_data {
  std::unique_ptr<icu::TimeZone> zone;

  std::chrono::milliseconds offset(certs::utc_time time) const {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t raw_ms = 0;
    std::int32_t daylight_ms = 0;
    zone->getOffset(to_icu(time), false, raw_ms, daylight_ms, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU could not compute a zone's offset");
    return std::chrono::milliseconds(raw_ms + daylight_ms);
  }
};

clinic_time::clinic_time(std::string_view zone) : zone_(std::make_unique<zone_data>()) {
  auto const name =
      icu::UnicodeString::fromUTF8({zone.data(), static_cast<std::int32_t>(zone.size())});
  zone_->zone.reset(icu::TimeZone::createTimeZone(name));
  if (*zone_->zone == icu::TimeZone::getUnknown()) {
    throw std::invalid_argument("no time zone is called \"" + std::string(zone) + "\"");
  }
}

clinic_time::~clinic_time() = default;

std::string clinic_time::date_and_time(certs::utc_time time, language l) const {
  auto const when = to_icu(time);
  switch (l) {
    case language::en:
      return format(*zone_->zone, l, "MMM d, y, h:mm a zzz", when);
    case language::es:
      return format(*zone_->zone, l, "d 'de' MMM 'de' y, h:mm a zzz", when);
    case language::ht:
      break;
  }
  auto const day = date(time);
  return haitian_date({static_cast<int>(day.year()), static_cast<int>(unsigned{day.month()}),
                       static_cast<int>(unsigned{day.day()})}) +
         ", " + format(*zone_->zone, l, "HH:mm zzz", when);
}

std::string clinic_time::time_of_day(certs::utc_time time) const {
  return format(*zone_->zone, language::en, "h:mm a", to_icu(time));
}

std::optional<certs::utc_time> clinic_time::instant(std::chrono::sys_days wall_date,
                                                    std::chrono::minutes since_midnight) const {
  certs::utc_time const wall = wall_date + since_midnight;
  // A zone's offset a day earlier and a day later: one of them holds, and of two the earlier
  // instant is the first.
  auto const before = zone_->offset(wall - std::chrono::days(1));
  auto const after = zone_->offset(wall + std::chrono::days(1));
  for (auto const offset : {std::max(before, after), std::min(before, after)}) {
    auto const found = wall - offset;
    if (zone_->offset(found) == offset) return found;
  }
  return std::nullopt;
}

std::pair<certs::utc_time, certs::utc_time> clinic_time::day(
    std::chrono::sys_days wall_date) const {
  // Where the clocks skip midnight the day begins with the first hour there is.
  auto const begin = [&](std::chrono::sys_days date) {
    auto const midnight = instant(date, std::chrono::minutes(0));
    return midnight ? *midnight : *instant(date, std::chrono::minutes(60));
  };
  return {begin(wall_date), begin(wall_date + std::chrono::days(1))};
}

std::chrono::year_month_day clinic_time::date(certs::utc_time time) const {
  return std::chrono::floor<std::chrono::days>(time + zone_->offset(time));
}

std::string clinic_time::fhir_date(certs::utc_time time) const {
  auto const day = date(time);
  return fmt::format("{:04}-{:02}-{:02}", int{day.year()}, unsigned{day.month()},
                     unsigned{day.day()});
}

std::string clinic_time::fhir_date_time(certs::utc_time time) const {
  using namespace std::chrono;
  auto const offset = floor<minutes>(zone_->offset(time));
  auto const local = floor<seconds>(time) + offset;
  auto const day = floor<days>(local);
  year_month_day const date{day};
  hh_mm_ss const clock{local - day};
  hh_mm_ss const zone{abs(offset)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", int{date.year()},
                     unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(),
                     offset.count() < 0 ? '-' : '+', zone.hours().count(), zone.minutes().count());
}

std::string clinic_time::written_date(std::string_view fhir_date, language l) const {
  return service::written_date(fhir_date, l);
}

std::string written_date(std::string_view fhir_date, language l) {
  auto const date = read_date(fhir_date);
  if (!date) return std::string(fhir_date);
  if (l == language::ht) return haitian_date(*date);
  using namespace std::chrono;
  auto const day = sys_days{year{date->year} / std::max(date->month, 1) / std::max(date->day, 1)};
  return format(*icu::TimeZone::getGMT(), l, date_pattern(l, *date),
                static_cast<UDate>(duration_cast<milliseconds>(day.time_since_epoch()).count()));
}

}  // namespace intake::service
