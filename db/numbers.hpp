#pragma once
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a manager counts. Nothing here opens a record. All functions need the role intake_desk and
/// throw `unavailable`; `zone` is a name of the tz database that PostgreSQL knows, days are its
/// calendar's.
namespace intake::db {

/// Submissions that came on a day and count (not void), and corrections of any.
struct day_of_forms {
  std::string day;  ///< YYYY-MM-DD
  std::int64_t submissions = 0;
  std::int64_t corrections = 0;
};
std::vector<day_of_forms> forms_a_day(pool&, certs::utc_time from, certs::utc_time until,
                                      std::string_view zone);

/// Visits of a day, those whose forms were there when they began, and those to which nobody came.
struct day_of_visits {
  std::string day;
  std::int64_t visits = 0;
  std::int64_t with_forms = 0;
  std::int64_t no_shows = 0;
};
std::vector<day_of_visits> visits_a_day(pool&, certs::utc_time from, certs::utc_time until,
                                        std::string_view zone);

/// Worklist items that were marked done on a day, and how long that took from their arrival.
struct day_of_work {
  std::string day;
  std::int64_t done = 0;
  double median_minutes = 0;
};
std::vector<day_of_work> work_a_day(pool&, certs::utc_time from, certs::utc_time until,
                                    std::string_view zone);

}  // namespace intake::db
