#pragma once
#include "certs/bytes.hpp"
#include "certs/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Codes of an authenticator app: TOTP (RFC 6238) with HMAC-SHA-1, six digits and steps of 30
/// seconds, because many apps know nothing else. SHA-1's weakness is collisions; HMAC needs none.
namespace intake::certs {

constexpr std::size_t totp_key_bytes = 20;
constexpr int totp_digits = 6;

/// RFC 4226 5.3: the code of a counter; `digits` is 6 to 8.
std::string one_time_code(bytes_view key, std::uint64_t counter, int digits = totp_digits);

/// RFC 6238 4.2: how many steps of 30 seconds have begun since 1970.
std::int64_t totp_step(utc_time now);

/// The step whose code was typed: this one, the one before or the one after (RFC 6238 5.2 and 6:
/// clocks differ, people are slow), and later than `last_step`, because a code is good once. Spaces
/// in what was typed do not count. Takes as long whichever it is.
std::optional<std::int64_t> totp_matching_step(bytes_view key, utc_time now, std::int64_t last_step,
                                               std::string_view typed);

}  // namespace intake::certs
