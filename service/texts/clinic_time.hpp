#pragma once
#include "certs/uuid.hpp"
#include "service/texts/texts.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace intake::service {

/// Times as the clinic's people read them: in its zone, with the zone's name. Thread-safe.
class clinic_time {
 public:
  /// Takes a name of the tz database, "America/New_York". Throws std::invalid_argument on another.
  explicit clinic_time(std::string_view zone);
  ~clinic_time();
  clinic_time(clinic_time const&) = delete;
  clinic_time& operator=(clinic_time const&) = delete;

  /// "Nov 23, 2026, 2:05 PM EST" and the like in each language.
  std::string date_and_time(certs::utc_time, language = language::en) const;

  /// "2:05 PM".
  std::string time_of_day(certs::utc_time) const;

  /// The instant of a date and time on the clinic's wall. Nothing for an hour that the clocks skip;
  /// of one that comes twice the first.
  std::optional<certs::utc_time> instant(std::chrono::sys_days wall_date,
                                         std::chrono::minutes since_midnight) const;
  /// When a calendar date begins and when the next one does.
  std::pair<certs::utc_time, certs::utc_time> day(std::chrono::sys_days wall_date) const;

  /// The calendar date at the clinic, where today may be another day than in UTC.
  std::chrono::year_month_day date(certs::utc_time) const;

  /// That date as FHIR writes it: "2026-11-28".
  std::string fhir_date(certs::utc_time) const;

  /// FHIR's dateTime at the clinic, to the second: "2026-11-28T09:00:00-05:00".
  std::string fhir_date_time(certs::utc_time) const;

  /// "March 4, 1961" of a whole FHIR date, "March 1961" or "1961" of a partial one; a text that is
  /// no date stays.
  std::string written_date(std::string_view fhir_date, language = language::en) const;

 private:
  struct zone_data;
  std::unique_ptr<zone_data> zone_;
};

/// The same: a calendar date is in no zone.
std::string written_date(std::string_view fhir_date, language);

}  // namespace intake::service
