#pragma once
#include "certs/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Sixteen bits as a word that can be spoken and typed: consonant, vowel, consonant, vowel,
/// consonant (Wilkerson, "A Proposal for Proquints", 2009).
namespace intake::certs {

/// "lusab" for 0x7f00.
std::string check_word(std::uint16_t bits);

/// In either case; nothing when it is no such word.
std::optional<std::uint16_t> read_check_word(std::string_view word);

}  // namespace intake::certs
