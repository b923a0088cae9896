#pragma once
#include "certs/key_set.hpp"

#include <string_view>

#include <boost/system/result.hpp>

/// The keys of an installation on paper: a person can type them back when every disk is gone.
///
///     BEGIN KEYS
///     KEK kek-20261123-0a1b2c3d current 2026-11-23T14:05:06Z lusab
///     1 7KD2 M9QX 3C4T 8WYZ babad
///     2 …                            (each line: 10 bytes in Crockford's base32, a check word)
///     3 …
///     4 …                            (32 bytes of key, then 8 that check key and heading)
///     KEK kek-20261124-4d5e6f70 decrypt-only 2026-11-24T09:00:00Z token lusab
///     INDEX ROOT …
///     END zurib
///
/// Every check word covers its line and the line's place, so that the sheet says which line was
/// mistyped; the last one covers all keys, so that none is missing. Of a KEK that lies in a token
/// there is only the name: the key itself is nowhere else.
namespace intake::certs {

struct escrow_heading {
  std::string_view installation;  ///< the clinic's name; one line is printed
  std::chrono::sys_seconds printed{};
};

/// Text of at most 78 columns, with a few sentences for whoever finds it. As secret as the key
/// file.
wiped_bytes write_escrow_sheet(key_set const& keys, escrow_heading const& heading);

/// What was mistyped; holds nothing of the keys.
struct escrow_error {
  std::size_t line = 0;  ///< of the text as typed, from 1
  std::string_view message;
};

/// Reads the lines from BEGIN KEYS to END and no other. Takes either case, I and L for 1, O for 0,
/// any white space and hyphens between the characters of a line, blank lines, CRLF.
boost::system::result<key_set, escrow_error> read_escrow_sheet(std::string_view text);

[[noreturn]] void throw_exception_from_error(escrow_error const& error,
                                             boost::source_location const&);

}  // namespace intake::certs
