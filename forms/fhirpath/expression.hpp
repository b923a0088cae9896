#pragma once
#include "forms/fhirpath/value.hpp"
#include "forms/parse_error.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms::fhirpath {

struct function_row;

enum class ast_kind : std::uint8_t {
  literal,
  /// {}
  empty,
  /// $this, $index, $total, %name, a member.
  self,
  index,
  total,
  variable,
  member,
  call,
  /// base[argument]
  indexer,
  negative,
  positive,
  binary,
  is_type,
  as_type
};

enum class operation : std::uint8_t {
  implies,
  logical_or,
  logical_xor,
  logical_and,
  in,
  contains,
  equal,
  not_equal,
  equivalent,
  not_equivalent,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  unite,
  add,
  subtract,
  concatenate,
  multiply,
  divide,
  divide_whole,
  modulo
};

/// One node of a parsed expression.
struct ast {
  ast_kind kind = ast_kind::empty;
  operation op = operation::equal;
  /// Byte in the text where it begins.
  std::uint32_t offset = 0;
  /// Levels below, itself included.
  std::uint32_t depth = 1;
  /// Of a member, variable or function; of a type, with its namespace where one was written.
  std::string name;
  value literal;
  function_row const* function = nullptr;
  /// What stands before the point, or left of the operator; null where $this is meant.
  std::unique_ptr<ast> base;
  std::vector<std::unique_ptr<ast>> arguments;
};

/// A parsed expression; immutable, so that threads may share it.
class expression {
 public:
  expression(std::string text, std::unique_ptr<ast> root);
  std::string const& text() const { return text_; }
  ast const& root() const { return *root_; }

 private:
  std::string text_;
  std::unique_ptr<ast> root_;
};

/// Longer texts are refused, as is what nests deeper.
constexpr std::size_t expression_bytes_max = 16'384;
constexpr std::uint32_t expression_depth_max = 200;

/// Parses FHIRPath N1 (http://hl7.org/fhirpath/N1). The error's `where` is "column 12".
parsed<std::shared_ptr<expression const>> compile(std::string_view text);

/// A fault at a place of an expression.
parse_error expression_error(std::string_view text, std::size_t offset, std::string_view code,
                             std::string message);

}  // namespace intake::forms::fhirpath
