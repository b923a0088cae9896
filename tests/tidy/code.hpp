#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace intake::tidy {

enum class blank { comments_and_literals, literals };

/// The text with comments or literals (or only literals) turned into spaces; lines and columns stay
/// where they were. A quote keeps its place, so that `""` is still seen as something.
std::string code_only(std::string_view text, blank what = blank::comments_and_literals);

struct function_size {
  std::string name;
  int first_line;
  int lines;  ///< from the line of `{` to the line of `}`
  bool is_template = false;
  bool is_member = false;  ///< defined in its class
};

/// The functions defined in a source, by matching braces: lambdas count to the function around
/// them.
std::vector<function_size> functions_of(std::string_view text);

struct include {
  std::string path;
  int line;
  bool quoted;
};

std::vector<include> includes_of(std::string_view text);

}  // namespace intake::tidy
