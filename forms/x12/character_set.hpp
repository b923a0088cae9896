#pragma once
#include "forms/x12/segments.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What may stand in an element: X12.6, the basic and the extended character set.
namespace intake::forms::x12 {

enum class character_set : std::uint8_t {
  basic,    ///< capital letters, digits, space and !"&'()*+,-./:;?=
  extended  ///< also small letters and %@[]_{}\|<>~#$^
};

/// Writes a text with the letters that X12 has: accents fold (é to E, ñ to N, ß to SS), quotation
/// marks and dashes become plain ones, white space becomes one space, separators and everything
/// that is left are dropped. A text of another script comes out empty: the caller must look.
std::string fold_text(std::string_view utf8, delimiters const&, character_set);

}  // namespace intake::forms::x12
