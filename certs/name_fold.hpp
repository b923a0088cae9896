#pragma once
#include <string>
#include <string_view>
#include <vector>

/// One spelling for the names people and cards spell differently. Pure, and part of every search
/// token: a change here loses the older rows for search.
namespace intake::certs {

/// Latin letters in lower case without accents (ASCII, Latin-1, Latin Extended-A, the Vietnamese
/// and Pinyin letters of Extended-B and Additional; æ ae, œ oe, ß ss, þ th, đ d, ł l, ø o), digits
/// kept; spaces, apostrophes, hyphens, controls, combining accents and bytes that are not UTF-8
/// dropped. Limits: ü is u, not ue; letters of other scripts are kept as they are, also in their
/// case.
std::string fold_name(std::string_view utf8);

/// The folded words of a name: "García-Márquez de la O’Shea" is garcia, marquez, de, la, oshea. A
/// space or a hyphen parts words, an apostrophe does not.
std::vector<std::string> fold_words(std::string_view utf8);

/// The digits of a telephone number without extension ("x", "ext", ";", "#" begin one); North
/// American numbers lose their leading 1 or +1, others keep "+" and country. Empty when letters
/// stand among them, or there are not 7 to 15 digits.
std::string fold_phone(std::string_view text);

/// Letters and digits of a member id, in upper case.
std::string fold_member_id(std::string_view text);

}  // namespace intake::certs
