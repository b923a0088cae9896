#pragma once
#include "forms/insurance/finding.hpp"
#include "forms/plan/packets.hpp"
#include "service/appointment_book.hpp"
#include "service/locations.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// The day list as the clinic's schedule exports it: CSV (RFC 4180) with a header.
struct appointment_list {
  /// Whole only where no problem is an error.
  std::vector<appointment_entry> entries;
  forms::insurance::findings problems;
};

/// Columns, in any order: number, date, time, family, given, birth_date; and where they are there
/// location, phone, mail, visit, reason, language. Dates are YYYY-MM-DD or M/D/YYYY, times 14:05 or
/// 2:05 PM on the location's wall.
appointment_list read_appointment_list(std::string_view file_name, std::string_view text,
                                       locations const&, std::span<forms::packet_plan const>);

}  // namespace intake::service
