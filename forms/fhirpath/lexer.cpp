#include "forms/fhirpath/lexer.hpp"

#include "forms/fhirpath/expression.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

bool is_word_part(char c) {
  return is_letter(c) || is_digit(c);
}

constexpr std::array<std::string_view, 5> long_symbols{"<=", ">=", "!=", "!~", "{}"};
constexpr std::string_view short_symbols = "+-*/|&=~<>.,()[]{}";

void append_utf8(std::string& into, std::uint32_t code) {
  auto const tail = [&](unsigned shift) {
    into += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    into += static_cast<char>(code);
  } else if (code < 0x800) {
    into += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    into += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    into += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// The number of \uXXXX at the start, if it is one.
std::optional<std::uint32_t> read_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  std::uint32_t code = 0;
  auto const [end, fault] = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
  bool const whole = fault == std::errc{} && end == text.data() + 6;
  return whole ? std::optional{code} : std::nullopt;
}

struct escape_row {
  char written;
  char meant;
};
constexpr std::array<escape_row, 9> escapes{{{'\'', '\''},
                                             {'"', '"'},
                                             {'`', '`'},
                                             {'\\', '\\'},
                                             {'/', '/'},
                                             {'f', '\f'},
                                             {'n', '\n'},
                                             {'r', '\r'},
                                             {'t', '\t'}}};

}  // namespace

parse_error lexer::fault(std::size_t offset, std::string message) const {
  return expression_error(text_, offset, "fhirpath-syntax", std::move(message));
}

char lexer::peek(std::size_t ahead) const {
  return place_ + ahead < text_.size() ? text_[place_ + ahead] : '\0';
}

bool lexer::skip_blank() {
  while (place_ < text_.size()) {
    if (at("//")) {
      place_ = std::min(text_.find('\n', place_), text_.size());
    } else if (at("/*")) {
      auto const end = text_.find("*/", place_ + 2);
      if (end == std::string_view::npos) return false;
      place_ = end + 2;
    } else if (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
      ++place_;
    } else if (at("\u00A0")) {
      // Copied from web pages.
      place_ += std::string_view{"\u00A0"}.size();
    } else {
      break;
    }
  }
  return true;
}

parsed<token> lexer::next() {
  if (!skip_blank()) return fault(place_, "The comment has no end.");
  char const c = peek();
  if (place_ >= text_.size()) return token{token_kind::end, {}, {}, place_};
  // Double quotes are older than N1; public forms still write them.
  if (c == '\'' || c == '"') return string_token(c, token_kind::string);
  if (c == '`') return string_token(c, token_kind::delimited);
  if (c == '@') return date_token();
  if (c == '%') return variable_token();
  if (c == '$') return word_token(token_kind::special);
  if (is_digit(c)) return number_token();
  if (is_letter(c)) return word_token(token_kind::word);
  for (auto const symbol : long_symbols) {
    if (!at(symbol) || symbol == "{}") continue;
    place_ += symbol.size();
    return token{token_kind::symbol, std::string{symbol}, {}, place_ - symbol.size()};
  }
  if (short_symbols.find(c) == std::string_view::npos) {
    return fault(place_, "This sign has no meaning in FHIRPath.");
  }
  return token{token_kind::symbol, std::string(1, c), {}, place_++};
}

token lexer::word_token(token_kind kind) {
  auto const start = place_++;
  while (is_word_part(peek())) ++place_;
  return {kind, std::string{text_.substr(start, place_ - start)}, {}, start};
}

token lexer::number_token() {
  auto const start = place_;
  while (is_digit(peek())) ++place_;
  if (peek() == '.' && is_digit(peek(1))) {
    ++place_;
    while (is_digit(peek())) ++place_;
  }
  return {token_kind::number, std::string{text_.substr(start, place_ - start)}, {}, start};
}

bool lexer::unescape(std::string& into) {
  auto const rest = text_.substr(place_);
  if (auto const unit = read_unit(rest)) {
    place_ += 6;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      append_utf8(into, *unit);
      return *unit != 0;
    }
    auto const low = read_unit(text_.substr(place_));
    if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) return false;
    place_ += 6;
    append_utf8(into, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
    return true;
  }
  auto const row = std::ranges::find(escapes, peek(1), &escape_row::written);
  if (row == escapes.end()) return false;
  into += row->meant;
  place_ += 2;
  return true;
}

parsed<token> lexer::string_token(char quote, token_kind kind) {
  auto const start = place_++;
  std::string text;
  while (place_ < text_.size() && peek() != quote) {
    auto const here = place_;
    if (peek() != '\\') {
      text += text_[place_++];
    } else if (!unescape(text)) {
      return fault(here, "This escape is not known; a backslash is written as two.");
    }
  }
  if (place_ >= text_.size()) return fault(start, "The text has no closing quote.");
  ++place_;
  return token{kind, std::move(text), {}, start};
}

// '%' and a word, a delimited one, or (as forms write it) words joined by hyphens or colons.
parsed<token> lexer::variable_token() {
  auto const start = place_++;
  if (peek() == '`' || peek() == '\'') {
    auto named = string_token(peek(), token_kind::variable);
    if (named) named->offset = start;
    return named;
  }
  if (!is_letter(peek())) return fault(start, "A name must follow '%'.");
  auto const name = place_;
  while (is_word_part(peek()) || ((peek() == '-' || peek() == ':') && is_letter(peek(1)))) {
    ++place_;
  }
  return token{token_kind::variable, std::string{text_.substr(name, place_ - name)}, {}, start};
}

parsed<token> lexer::date_token() {
  auto const start = place_++;
  auto const first = place_;
  bool const is_time = peek() == 'T';
  auto const in_date = [&] { return is_digit(peek()) || (peek() == '-' && is_digit(peek(1))); };
  auto const in_time = [&] {
    bool const joins = (peek() == ':' || peek() == '.') && is_digit(peek(1));
    return is_digit(peek()) || joins;
  };
  bool has_time = is_time;
  if (!is_time) {
    while (in_date()) ++place_;
    has_time = peek() == 'T';
  }
  if (has_time) ++place_;
  auto const time = place_;
  if (has_time) {
    while (in_time()) ++place_;
  }
  if (!is_time && place_ > time) {
    if (peek() == 'Z') {
      ++place_;
    } else if ((peek() == '+' || peek() == '-') && is_digit(peek(1)) && is_digit(peek(2)) &&
               peek(3) == ':') {
      place_ += 6;
    }
  }
  auto const text = text_.substr(first, std::min(place_, text_.size()) - first);
  auto const read = is_time    ? read_time_text(text.substr(1))
                    : has_time ? read_date_time_text(text)
                               : read_date_text(text);
  if (!read) return fault(start, "There is no such date or time.");
  auto const kind = is_time    ? token_kind::time
                    : has_time ? token_kind::date_time
                               : token_kind::date;
  return token{kind, std::string{text}, *read, start};
}

}  // namespace intake::forms::fhirpath
