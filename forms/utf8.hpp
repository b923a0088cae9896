#pragma once
#include <cstddef>
#include <string_view>

namespace intake::forms {

/// Length of the well-formed UTF-8 sequence at the start (1 to 4), or 0 if there is none
/// (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t utf8_sequence_bytes(std::string_view text) noexcept;

bool is_utf8(std::string_view text) noexcept;

/// Code points of a well-formed text: what maxLength counts.
std::size_t count_code_points(std::string_view text) noexcept;

}  // namespace intake::forms
