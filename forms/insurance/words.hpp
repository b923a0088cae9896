#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Small tools for the words that people type into tables and forms.
namespace intake::forms::insurance {

/// Without spaces, tabs, line breaks and no-break spaces at both ends.
std::string_view trimmed(std::string_view text);

/// A name as two people would agree it is the same: lower case, Latin letters without accents,
/// letters and digits only ("Example Plan™ - PPO" gives "exampleplanppo"). Letters of other scripts
/// are kept as they are.
std::string folded(std::string_view name);

/// ASCII letters in lower case; all else untouched.
std::string lower_case(std::string_view text);

/// The trimmed parts between separators; empty parts are left out.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Offset of the first byte that is not UTF-8 (RFC 3629), or `npos`.
std::size_t first_bad_utf8(std::string_view text);

/// How many single-letter edits turn one word into the other; stops counting above `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

}  // namespace intake::forms::insurance
