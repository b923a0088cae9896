#pragma once
#include "certs/uuid.hpp"

#include <string>

namespace intake::service::commands {

/// A moment as a FHIR dateTime in UTC, to the millisecond: what now() is on the command line.
std::string utc_date_time(certs::utc_time);

}  // namespace intake::service::commands
