#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace intake::forms {

/// What a file or a message has wrong: design §9. It may quote names of a form, a table or a
/// standard, never an answer.
struct parse_error {
  // A constructor, so that no text turns into an error by itself inside parsed<std::string>.
  parse_error() = default;

  /// Kebab-case, stable, in static storage: "duplicate-key", "unknown-item-type".
  std::string_view code = "unreadable";
  /// Where in the document ("Questionnaire.item[3].linkId", "row 12, column plan"); empty: as a
  /// whole.
  std::string where;
  /// 1-based; 0 where it is not known.
  std::size_t line = 0;
  /// One sentence.
  std::string message;
  /// What to do about it; may be empty.
  std::string hint;

  /// A fault of the document as a whole.
  static parse_error of(std::string_view code, std::string message);
  /// A fault at a place; `line` 0 where it is not known.
  static parse_error at(std::string where, std::size_t line, std::string_view code,
                        std::string message, std::string hint = {});

  bool operator==(parse_error const&) const = default;
};

/// A value, or what was wrong with the document it should have come from.
template <class T>
using parsed = boost::system::result<T, parse_error>;

/// "line 3, Questionnaire.item[1]: The item has no linkId. (Give every item its own linkId.)"
std::string sentence(parse_error const&);

/// Called by parsed<T>::value() on an error: throws std::runtime_error with the sentence.
[[noreturn]] void throw_exception_from_error(parse_error const&, boost::source_location const&);

}  // namespace intake::forms
