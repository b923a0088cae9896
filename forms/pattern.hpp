#pragma once
#include "forms/parse_error.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace intake::forms {

/// A regular expression of a form, compiled: linear time and bounded memory on any text (RE2).
class pattern {
 public:
  virtual ~pattern() = default;
  /// The whole text matches, as HL7 regexes are meant.
  virtual bool matches_whole(std::string_view utf8_text) const = 0;
  /// Some part of the text matches.
  virtual bool matches_part(std::string_view utf8_text) const = 0;
  /// Every match replaced, $1 and \1 being its groups. At most as many bytes as `bytes_max`, or
  /// nothing.
  virtual std::optional<std::string> replaced(std::string_view utf8_text,
                                              std::string_view substitute,
                                              std::size_t bytes_max) const = 0;

 protected:
  pattern() = default;
  pattern(pattern const&) = default;
  pattern& operator=(pattern const&) = default;
};

/// Compiles a regex written for Java, ECMAScript or .NET. What those share with RE2 is translated
/// (\uXXXX, \d, possessive and lazy quantifiers, named groups, surrounding slashes, `/…/i`);
/// look-around and back-references are an error with a sentence.
parsed<std::shared_ptr<pattern const>> compile_pattern(std::string_view regex);
/// The same with a point that is any sign, a line's end too: FHIRPath's single line mode.
parsed<std::shared_ptr<pattern const>> compile_single_line_pattern(std::string_view regex);

}  // namespace intake::forms
