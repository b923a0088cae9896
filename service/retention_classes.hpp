#pragma once
#include "certs/uuid.hpp"
#include "service/summary.hpp"

#include <chrono>
#include <optional>
#include <string_view>

/// How long a record is kept, by what it is. The last contact is the database's to know; this is
/// what only an opened summary tells.
namespace intake::service {

enum class retention_class {
  adult,  ///< [retention] years from the last contact
  minor   ///< and no sooner than at the age of [retention] minors_until_age
};

/// The day on which a person born then has that age. A partial date counts to its last day, so that
/// nothing goes early; where there is none, or it is no date, nothing.
std::optional<std::chrono::year_month_day> day_of_age(std::string_view birth_date, int age_years);

/// A minor's record is one whose patient has not reached that age yet, or may not have: without a
/// readable birth date it counts as that of somebody born on the day of the last contact.
retention_class class_of(summary const&, certs::utc_time last_contact, int minors_until_age,
                         std::chrono::year_month_day const& today);

}  // namespace intake::service
