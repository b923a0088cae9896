#pragma once
#include "certs/uuid.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace intake::service {

/// IMF-fixdate, RFC 9110 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(certs::utc_time);

/// Reads all three forms of RFC 9110 5.6.7; a two-digit year lies less than 50 years after `now`.
std::optional<certs::utc_time> read_http_date(std::string_view text, certs::utc_time now);

}  // namespace intake::service
