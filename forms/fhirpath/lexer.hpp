#pragma once
#include "forms/fhirpath/temporal.hpp"
#include "forms/parse_error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace intake::forms::fhirpath {

enum class token_kind : std::uint8_t {
  end,
  /// A word; a delimited one (`word`) is never a keyword.
  word,
  delimited,
  string,
  number,
  date,
  date_time,
  time,
  symbol,
  /// %name
  variable,
  /// $this, $index, $total
  special
};

struct token {
  token_kind kind = token_kind::end;
  /// Unescaped; of a date without '@', of a variable without '%'.
  std::string text;
  temporal when;
  std::size_t offset = 0;

  bool is(token_kind of, std::string_view wanted) const { return kind == of && text == wanted; }
  bool is_symbol(std::string_view wanted) const { return is(token_kind::symbol, wanted); }
  bool is_word(std::string_view wanted) const { return is(token_kind::word, wanted); }
};

/// Takes an expression apart, one token after the other; comments and white space are passed over.
class lexer {
 public:
  explicit lexer(std::string_view text) : text_{text} {}
  parsed<token> next();

 private:
  parse_error fault(std::size_t offset, std::string message) const;
  bool at(std::string_view wanted) const { return text_.substr(place_).starts_with(wanted); }
  char peek(std::size_t ahead = 0) const;
  parsed<token> string_token(char quote, token_kind);
  parsed<token> date_token();
  parsed<token> variable_token();
  token number_token();
  token word_token(token_kind);
  bool unescape(std::string& into);
  bool skip_blank();

  std::string_view text_;
  std::size_t place_ = 0;
};

}  // namespace intake::forms::fhirpath
