#pragma once
#include "forms/parse_error.hpp"

#include <memory>
#include <string_view>

namespace intake::forms {

/// A regular expression of a form, compiled: linear time and bounded memory on any text (RE2).
class pattern {
 public:
  virtual ~pattern() = default;
  /// The whole text matches, as HL7 regexes are meant.
  virtual bool matches_whole(std::string_view utf8_text) const = 0;

 protected:
  pattern() = default;
  pattern(pattern const&) = default;
  pattern& operator=(pattern const&) = default;
};

/// Compiles a regex written for Java, ECMAScript or .NET. What those share with RE2 is translated
/// (\uXXXX, \d, possessive and lazy quantifiers, named groups, surrounding slashes); look-around
/// and back-references are an error with a sentence.
parsed<std::shared_ptr<pattern const>> compile_pattern(std::string_view regex);

}  // namespace intake::forms
