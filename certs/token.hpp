#pragma once
#include "certs/keyring.hpp"
#include "certs/uuid.hpp"

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

/// Signed, expiring tokens that the browser or client carries for us: base64url of
/// version | purpose | expiry in Unix seconds (8 bytes) | subject | HMAC-SHA-256 of all before.
/// The subject is signed, not hidden.
namespace intake::certs {

/// What a token was minted for; one for another purpose never passes.
enum class token_purpose : std::uint8_t {
  form = 1,           ///< may submit this form
  submission_id = 2,  ///< the id minted with the form, so that a repeat is the same submission
  csrf = 3,           ///< belongs to this session
  link = 4,           ///< a link sent to one person
  second_step = 5,    ///< has typed the password of this account
  passkey = 6,        ///< a challenge that a passkey is to sign
};

constexpr std::size_t token_subject_bytes_max = 512;

enum class token_error {
  malformed,      ///< not a token of this version
  not_authentic,  ///< not minted here, or changed
  other_purpose,
  expired
};

/// Throws std::length_error beyond `token_subject_bytes_max`.
std::string mint_token(keyring const& ring, token_purpose purpose, bytes_view subject,
                       utc_time expires);

/// The subject. A token is good until just before its expiry (whole seconds).
boost::system::result<bytes, token_error> check_token(keyring const& ring, token_purpose purpose,
                                                      std::string_view token, utc_time now);

[[noreturn]] void throw_exception_from_error(token_error error, boost::source_location const&);

}  // namespace intake::certs
