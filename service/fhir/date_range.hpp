#pragma once
#include "service/texts/clinic_time.hpp"

#include <optional>
#include <string_view>

namespace intake::service::fhir {

/// A time that a search asks for: `from` is in it, `until` is not.
struct date_range {
  certs::utc_time from = certs::utc_time::min();
  certs::utc_time until = certs::utc_time::max();
  bool contains(certs::utc_time at) const { return from <= at && at < until; }
};

/// A date parameter (http://hl7.org/fhir/R4/search.html#date) with the prefixes eq, gt, lt, ge, le,
/// sa and eb. A date without a zone is the clinic's day. Nothing for any other text.
std::optional<date_range> read_date_parameter(clinic_time const&, std::string_view value);

/// What both have in common.
date_range narrowed(date_range const&, date_range const&);

/// When a FHIR dateTime begins; nothing where it is none.
std::optional<certs::utc_time> beginning_of(clinic_time const&, std::string_view date_time);

}  // namespace intake::service::fhir
