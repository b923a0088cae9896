#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a check of the rule tables has to say, in the words of the person who edits them.
namespace intake::forms::insurance {

enum class severity : std::uint8_t { error, warning, note };

/// One thing to mend or to know. Rows and columns are counted as a spreadsheet counts them: from 1,
/// the header is row 1; 0 means the whole file.
struct finding {
  severity level = severity::error;
  std::string code;  ///< kebab-case, stable
  std::string file;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::string column_name;
  std::string message;
  std::string hint;  ///< what to do about it; may be empty
  bool operator==(finding const&) const = default;
};

using findings = std::vector<finding>;

/// "error", "warning" or "note".
std::string_view severity_name(severity level);

/// The letters a spreadsheet shows above a column: 1 is "A", 27 is "AA", 0 is "".
std::string column_letters(std::uint32_t column);

/// "accept.csv, row 14, column G (network)".
std::string place_of(finding const& one);

/// True where at least one finding is an error.
bool has_error(findings const& all);

}  // namespace intake::forms::insurance
