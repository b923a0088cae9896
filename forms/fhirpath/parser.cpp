#include "forms/fhirpath/expression.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/lexer.hpp"
#include "forms/fhirpath/types.hpp"
#include "forms/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

using ast_pointer = std::unique_ptr<ast>;

struct operator_row {
  std::string_view text;
  /// Binds the stronger the greater: the order of the grammar in N1.
  int strength;
  operation op;
};
constexpr std::array<operator_row, 22> operators{{
    {"implies", 1, operation::implies},
    {"or", 2, operation::logical_or},
    {"xor", 2, operation::logical_xor},
    {"and", 3, operation::logical_and},
    {"in", 4, operation::in},
    {"contains", 4, operation::contains},
    {"=", 5, operation::equal},
    {"!=", 5, operation::not_equal},
    {"~", 5, operation::equivalent},
    {"!~", 5, operation::not_equivalent},
    {"<", 6, operation::less},
    {"<=", 6, operation::less_or_equal},
    {">", 6, operation::greater},
    {">=", 6, operation::greater_or_equal},
    {"|", 7, operation::unite},
    {"+", 9, operation::add},
    {"-", 9, operation::subtract},
    {"&", 9, operation::concatenate},
    {"*", 10, operation::multiply},
    {"/", 10, operation::divide},
    {"div", 10, operation::divide_whole},
    {"mod", 10, operation::modulo},
}};
constexpr int type_strength = 8;

operator_row const* operator_at(token const& here) {
  if (here.kind != token_kind::symbol && here.kind != token_kind::word) return nullptr;
  auto const row = std::ranges::find(operators, here.text, &operator_row::text);
  return row == operators.end() ? nullptr : &*row;
}

// Primitives are all known; there are more resources than are listed here.
bool may_be_type(std::string_view name) {
  if (name.starts_with("FHIR.")) name.remove_prefix(5);
  bool const small = name[0] >= 'a' && name[0] <= 'z';
  return !small || is_fhir_type(name);
}

/// Words that only ever stand between two values.
bool is_reserved(token const& here) {
  return here.kind == token_kind::word && operator_at(here) != nullptr && here.text != "in" &&
         here.text != "contains";
}

/// Recursive descent; the first fault ends it, and every rule then returns null.
class parser {
 public:
  explicit parser(std::string_view text) : text_{text}, lexer_{text} { advance(); }

  parsed<std::unique_ptr<ast>> run() {
    auto root = binary(0);
    if (root && here_.kind != token_kind::end) fail(here_.offset, "An operator is missing here.");
    if (fault_) return *fault_;
    return root;
  }

 private:
  void fail(std::size_t offset, std::string message, std::string_view code = "fhirpath-syntax") {
    if (!fault_) fault_ = expression_error(text_, offset, code, std::move(message));
  }

  void advance() {
    auto next = lexer_.next();
    if (next) {
      here_ = std::move(next).value();
      return;
    }
    if (!fault_) fault_ = std::move(next).error();
    here_ = {token_kind::end, {}, {}, text_.size()};
  }

  bool take_symbol(std::string_view symbol) {
    if (!here_.is_symbol(symbol)) return false;
    advance();
    return true;
  }

  bool expect(std::string_view symbol) {
    if (take_symbol(symbol)) return true;
    fail(here_.offset, fmt::format("'{}' is missing here.", symbol));
    return false;
  }

  ast_pointer make(ast_kind kind, std::size_t offset, std::string name = {}) {
    if (fault_) return nullptr;
    auto made = std::make_unique<ast>();
    made->kind = kind;
    made->offset = static_cast<std::uint32_t>(offset);
    made->name = std::move(name);
    return made;
  }

  /// A node with what it is made of; null where that is null or nests too deeply.
  ast_pointer join(ast_pointer of, ast_pointer base, ast_pointer argument) {
    if (fault_ || !of) return nullptr;
    for (auto const* part : {base.get(), argument.get()}) {
      if (part != nullptr) of->depth = std::max(of->depth, part->depth + 1);
    }
    if (base) of->base = std::move(base);
    if (argument) of->arguments.push_back(std::move(argument));
    if (of->depth <= expression_depth_max) return of;
    fail(of->offset, "The expression nests too deeply.", "fhirpath-too-deep");
    return nullptr;
  }

  ast_pointer binary(int strength) {
    // What the parser itself can bear, before there is a tree to measure.
    if (++nesting_ > static_cast<int>(expression_depth_max)) {
      fail(here_.offset, "The expression nests too deeply.", "fhirpath-too-deep");
    }
    auto left = fault_ ? nullptr : unary();
    while (left) {
      bool const is = here_.is_word("is");
      if ((is || here_.is_word("as")) && type_strength > strength) {
        left = typed(is ? ast_kind::is_type : ast_kind::as_type, std::move(left));
        continue;
      }
      auto const* row = operator_at(here_);
      if (row == nullptr || row->strength <= strength) break;
      auto made = make(ast_kind::binary, here_.offset, std::string{row->text});
      if (made) made->op = row->op;
      advance();
      auto right = binary(row->strength);
      left = join(std::move(made), std::move(left), std::move(right));
    }
    --nesting_;
    return left;
  }

  ast_pointer typed(ast_kind kind, ast_pointer left) {
    auto made = make(kind, here_.offset);
    advance();
    auto name = type_name();
    if (made) made->name = std::move(name);
    return join(std::move(made), std::move(left), nullptr);
  }

  std::string type_name() {
    std::string name;
    auto const offset = here_.offset;
    while (here_.kind == token_kind::word || here_.kind == token_kind::delimited) {
      name += here_.text;
      advance();
      if (name.find('.') != std::string::npos || !here_.is_symbol(".")) break;
      name += '.';
      advance();
    }
    if (name.empty() || name.ends_with('.')) {
      fail(offset, "The name of a type is missing here.");
    } else if (!may_be_type(name)) {
      fail(offset, fmt::format("There is no type {}.", name), "fhirpath-unknown");
    }
    return name;
  }

  ast_pointer unary() {
    if (!here_.is_symbol("-") && !here_.is_symbol("+")) return postfix();
    auto const kind = here_.is_symbol("-") ? ast_kind::negative : ast_kind::positive;
    auto made = make(kind, here_.offset);
    advance();
    if (++nesting_ > static_cast<int>(expression_depth_max)) {
      fail(here_.offset, "The expression nests too deeply.", "fhirpath-too-deep");
    }
    auto operand = fault_ ? nullptr : unary();
    --nesting_;
    return join(std::move(made), std::move(operand), nullptr);
  }

  ast_pointer postfix() {
    auto left = term();
    while (left && !fault_) {
      auto const offset = here_.offset;
      if (take_symbol("[")) {
        auto made = make(ast_kind::indexer, offset);
        auto index = binary(0);
        expect("]");
        left = join(std::move(made), std::move(left), std::move(index));
      } else if (take_symbol(".")) {
        left = invocation(std::move(left));
      } else {
        break;
      }
    }
    return fault_ ? nullptr : std::move(left);
  }

  ast_pointer term() {
    auto const offset = here_.offset;
    if (take_symbol("(")) {
      auto inner = binary(0);
      expect(")");
      return fault_ ? nullptr : std::move(inner);
    }
    if (take_symbol("{")) {
      expect("}");
      return make(ast_kind::empty, offset);
    }
    if (is_reserved(here_)) {
      fail(offset, fmt::format("A value is missing before '{}'.", here_.text));
      return nullptr;
    }
    switch (here_.kind) {
      case token_kind::variable: {
        auto made = make(ast_kind::variable, offset, here_.text);
        advance();
        return made;
      }
      case token_kind::special:
      case token_kind::word:
      case token_kind::delimited:
        return invocation(nullptr);
      case token_kind::end:
        fail(offset, "Something is missing at the end.");
        return nullptr;
      case token_kind::symbol:
        fail(offset, fmt::format("A value is missing before '{}'.", here_.text));
        return nullptr;
      default:
        return literal();
    }
  }

  ast_pointer literal() {
    auto made = make(ast_kind::literal, here_.offset);
    auto const read = std::exchange(here_, {});
    advance();
    if (!made) return nullptr;
    if (read.kind == token_kind::string) made->literal = text_value(read.text);
    if (read.kind >= token_kind::date && read.kind <= token_kind::time) made->literal = {read.when};
    if (read.kind != token_kind::number) return made;
    auto const amount = number::read(read.text);
    if (!amount) {
      fail(read.offset, "The number is too long, or begins with a superfluous zero.");
      return nullptr;
    }
    made->literal = number_literal(*amount, read);
    return fault_ ? nullptr : std::move(made);
  }

  value number_literal(number const& amount, token const& read) {
    bool const word = here_.kind == token_kind::word && calendar_unit(here_.text).has_value();
    if (word || here_.kind == token_kind::string) {
      measure made{amount, here_.text, word};
      advance();
      return measure_value(std::move(made));
    }
    if (read.text.find('.') != std::string::npos) return {amount};
    auto const whole = to_integer(amount.value);
    if (!whole) fail(read.offset, "An integer has at most 32 bits; write a decimal point.");
    return {whole.value_or(0)};
  }

  /// A member, function, $this, $index, $total or a word for true and false.
  ast_pointer invocation(ast_pointer base) {
    auto const name = here_;
    bool const named = name.kind == token_kind::word || name.kind == token_kind::delimited;
    if (!named && name.kind != token_kind::special) {
      fail(name.offset, "A name is missing here.");
      return nullptr;
    }
    advance();
    if (name.kind == token_kind::special) return special(name, std::move(base));
    if (here_.is_symbol("(")) return call(name, std::move(base));
    bool const keyword = name.kind == token_kind::word && !base;
    if (keyword && (name.text == "true" || name.text == "false")) {
      auto made = make(ast_kind::literal, name.offset);
      if (made) made->literal = {name.text == "true"};
      return made;
    }
    return join(make(ast_kind::member, name.offset, name.text), std::move(base), nullptr);
  }

  ast_pointer special(token const& name, ast_pointer base) {
    constexpr std::array<std::pair<std::string_view, ast_kind>, 3> specials{
        {{"$this", ast_kind::self}, {"$index", ast_kind::index}, {"$total", ast_kind::total}}};
    for (auto const& [text, kind] : specials) {
      if (name.text == text && !base) return make(kind, name.offset);
    }
    fail(name.offset, base ? "This cannot stand after a point." : "Only $this, $index and $total.");
    return nullptr;
  }

  ast_pointer call(token const& name, ast_pointer base) {
    auto made = make(ast_kind::call, name.offset, name.text);
    auto const* function = find_function(name.text);
    if (function == nullptr) {
      fail(name.offset, fmt::format("There is no function {}().", name.text), "fhirpath-unknown");
      return nullptr;
    }
    if (made) made->function = function;
    made = join(std::move(made), std::move(base), nullptr);
    advance();
    if (function->takes_type) {
      auto type = type_name();
      if (made) made->name = std::move(type);
      expect(")");
      return fault_ ? nullptr : std::move(made);
    }
    if (!here_.is_symbol(")")) {
      do {
        made = join(std::move(made), nullptr, binary(0));
      } while (made && take_symbol(","));
    }
    expect(")");
    return fault_ ? nullptr : counted(std::move(made), name);
  }

  ast_pointer counted(ast_pointer made, token const& name) {
    auto const count = made->arguments.size();
    auto const& row = *made->function;
    if (count >= row.arguments_min && count <= row.arguments_max) return made;
    fail(name.offset, row.arguments_min == row.arguments_max
                          ? fmt::format("{}() takes {} arguments.", row.name, row.arguments_min)
                          : fmt::format("{}() takes {} to {} arguments.", row.name,
                                        row.arguments_min, row.arguments_max));
    return nullptr;
  }

  std::string_view text_;
  lexer lexer_;
  token here_;
  std::optional<parse_error> fault_;
  int nesting_ = 0;
};

}  // namespace

expression::expression(std::string text, std::unique_ptr<ast> root)
    : text_{std::move(text)}, root_{std::move(root)} {}

parse_error expression_error(std::string_view text, std::size_t offset, std::string_view code,
                             std::string message) {
  auto const before = text.substr(0, offset);
  auto const lines = std::ranges::count(before, '\n');
  auto const start = before.rfind('\n');
  auto const line = start == std::string_view::npos ? before : before.substr(start + 1);
  auto const column = count_code_points(line) + 1;
  auto where = lines == 0 ? fmt::format("column {}", column)
                          : fmt::format("line {}, column {}", lines + 1, column);
  return parse_error::at(std::move(where), 0, code, std::move(message));
}

parsed<std::shared_ptr<expression const>> compile(std::string_view text) {
  if (text.size() > expression_bytes_max) {
    return expression_error(
        text, 0, "fhirpath-too-long",
        fmt::format("The expression is longer than {} bytes.", expression_bytes_max));
  }
  if (!is_utf8(text)) return expression_error({}, 0, "fhirpath-syntax", "This is not UTF-8.");
  auto root = parser{text}.run();
  if (!root) return std::move(root).error();
  return std::make_shared<expression const>(std::string{text}, std::move(root).value());
}

}  // namespace intake::forms::fhirpath
