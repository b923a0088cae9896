#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// UTF-8 to UTF-16 in NFC. Bytes that are no UTF-8 become U+FFFD.
std::u16string to_nfc(std::string_view utf8);

/// The parts between hard breaks (CR, LF, CR LF, VT, FF, NEL, U+2028, U+2029); one empty part for
/// an empty text.
std::vector<std::u16string_view> hard_lines(std::u16string_view text);

/// UTF-16 to UTF-8; a lone surrogate becomes U+FFFD.
std::string to_utf8(std::u16string_view text);

/// How a character that no face can draw is printed: [U+1F44D].
std::u16string code_point_label(char32_t code_point);

/// What a code says that has nothing to say: an empty text would be read as the code's number.
constexpr std::u16string_view zero_width_space = u"\u200B";

/// Characters that a page shows nothing of: white space and default-ignorable code points (UAX
/// #44).
bool is_invisible(char32_t code_point);
bool is_ignorable(char32_t code_point);

/// The characters that are not ignorable, white space included; they point into `text`.
std::vector<std::u16string_view> shown_characters(std::u16string_view text);

/// What is left of a text when everything invisible is removed: two texts that print alike compare
/// equal.
std::u16string visible_part(std::u16string_view text);

}  // namespace intake::pdf
