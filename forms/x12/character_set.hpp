#pragma once
#include "forms/x12/segments.hpp"

#include <cstdint>
#include <string>
#include <string_view>

/// What may stand in an element: X12.6, the basic and the extended character set.
namespace intake::forms::x12 {

enum class character_set : std::uint8_t {
  basic,    ///< capital letters, digits, space and the marks of both sets
  extended  ///< also small letters
};

/// A text in the letters that X12 has, and what became of those it has not.
struct folded_text {
  std::string text;
  bool has_lost = false;       ///< a letter, digit or sign that stands for none of X12
  bool has_replaced = false;   ///< an accent, or a letter that became another
  bool has_separator = false;  ///< a separator was dropped
};

/// Writes a text with the letters that X12 has: accents fold (é to E, ñ to N, ß to SS, Ə to E),
/// quotation marks and dashes become plain ones, white space becomes one space, separators and
/// everything that is left are dropped.
folded_text fold(std::string_view utf8, delimiters const&, character_set);

/// The text alone, for comparing: what is dropped is not told.
std::string fold_text(std::string_view utf8, delimiters const&, character_set);

}  // namespace intake::forms::x12
