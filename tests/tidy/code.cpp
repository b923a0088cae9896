#include "tests/tidy/code.hpp"

#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <cctype>

namespace intake::tidy {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Walks over C++ text token by token, blanking what it is told to.
class blanker {
 public:
  blanker(std::string_view text, blank what) : out_{text}, what_{what} {}

  std::string run() {
    while (at_ < out_.size()) step();
    return std::move(out_);
  }

 private:
  bool sees(std::string_view token) const {
    return std::string_view{out_}.substr(at_).starts_with(token);
  }

  void wipe(std::size_t end) {
    for (end = std::min(end, out_.size()); at_ < end; ++at_) {
      if (out_[at_] != '\n') out_[at_] = ' ';
    }
  }

  std::size_t after(std::string_view token, std::size_t from) const {
    auto const found = out_.find(token, from);
    return found == out_.npos ? out_.size() : found + token.size();
  }

  void step() {
    bool const wipes_comments = what_ == blank::comments_and_literals;
    if (sees("//")) {
      pass(out_.find('\n', at_), wipes_comments);
    } else if (sees("/*")) {
      pass(after("*/", at_ + 2), wipes_comments);
    } else if (sees("R\"") && (at_ == 0 || !is_word(out_[at_ - 1]))) {
      auto const open = out_.find('(', at_);
      if (open == out_.npos) return wipe(out_.size());
      wipe(after(")" + out_.substr(at_ + 2, open - at_ - 2) + "\"", open));
    } else if (out_[at_] == '"') {
      literal('"');
    } else if (out_[at_] == '\'' && !is_digit_separator()) {
      literal('\'');
    } else {
      ++at_;
    }
  }

  void pass(std::size_t end, bool wipes) {
    if (wipes) {
      wipe(end);
    } else {
      at_ = std::min(end, out_.size());
    }
  }

  bool is_digit_separator() const {
    return at_ > 0 && std::isxdigit(static_cast<unsigned char>(out_[at_ - 1])) != 0;
  }

  void literal(char quote) {
    auto end = at_ + 1;
    while (end < out_.size() && out_[end] != quote && out_[end] != '\n') {
      end += out_[end] == '\\' ? 2u : 1u;
    }
    ++at_;
    wipe(end);
    ++at_;
  }

  std::string out_;
  blank what_;
  std::size_t at_ = 0;
};

enum class scope { declarations, function, values };

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \n\t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \n\t") - first + 1);
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) && (text.size() == word.size() || !is_word(text[word.size()]));
}

/// What a `{` opens, told from the text between it and the last `;`, `{` or `}` before it.
scope scope_after(std::string_view head) {
  head = trimmed(head);
  if (starts_with_word(head, "template")) {
    auto depth = 0;
    auto end = head.find('<');
    for (; end < head.size(); ++end) {
      depth += head[end] == '<' ? 1 : head[end] == '>' ? -1 : 0;
      if (depth == 0) break;
    }
    if (end < head.size()) head = trimmed(head.substr(end + 1));
  }
  if (head.empty() || head.ends_with('=') || head.ends_with('(') || head.ends_with(',')) {
    return scope::values;
  }
  for (auto word : {"namespace", "struct", "class", "union", "extern", "inline namespace"}) {
    if (starts_with_word(head, word) && !head.ends_with(')')) return scope::declarations;
  }
  auto const parameters = head.find('(');
  if (parameters == head.npos || starts_with_word(head, "enum")) return scope::values;
  if (trimmed(head.substr(head.rfind(')') + 1)).starts_with('>')) return scope::values;
  bool const in_initialisers = head.find(") :") != head.npos || head.find("):") != head.npos;
  bool const is_member_brace =
      in_initialisers && is_word(head.back()) && head.find_last_of(",:") > head.rfind(')');
  return is_member_brace ? scope::values : scope::function;
}

bool opens_class(std::string_view head) {
  bool const has_word = head.find("class ") != head.npos || head.find("struct ") != head.npos ||
                        head.find("union ") != head.npos;
  return has_word && head.find('(') == head.npos;
}

std::string name_of(std::string_view head) {
  auto const end = head.find('(');
  auto begin = end;
  while (begin > 0 && (is_word(head[begin - 1]) || head[begin - 1] == ':')) --begin;
  return std::string{trimmed(head.substr(begin, end - begin))};
}

std::string without_directives(std::string code) {
  bool continued = false;
  for (std::size_t at = 0; at < code.size();) {
    auto const end = std::min(code.find('\n', at), code.size());
    auto const first = code.find_first_not_of(" \t", at);
    bool const directive = continued || (first < end && code[first] == '#');
    continued = directive && end > at && code[end - 1] == '\\';
    if (directive)
      std::fill(code.begin() + static_cast<long>(at), code.begin() + static_cast<long>(end), ' ');
    at = end + 1;
  }
  return code;
}

}  // namespace

std::string code_only(std::string_view text, blank what) {
  return blanker{text, what}.run();
}

std::vector<function_size> functions_of(std::string_view text) {
  struct open_brace {
    scope kind;
    int line;
    std::string name;
    bool is_template;
    bool is_class;
  };
  std::string const code = without_directives(code_only(text));
  std::vector<function_size> found;
  std::vector<open_brace> open;
  std::size_t head = 0;
  int line = 1;
  for (std::size_t at = 0; at < code.size(); ++at) {
    bool const declares = open.empty() || open.back().kind == scope::declarations;
    if (code[at] == '\n') {
      ++line;
    } else if (code[at] == '{') {
      auto const before = std::string_view{code}.substr(head, at - head);
      auto const kind = declares ? scope_after(before) : scope::values;
      open.push_back({kind, line, kind == scope::function ? name_of(before) : "",
                      trimmed(before).starts_with("template"), opens_class(before)});
      if (kind != scope::values) head = at + 1;
    } else if (code[at] == '}' && !open.empty()) {
      auto const closed = open.back();
      open.pop_back();
      if (closed.kind == scope::function) {
        found.push_back({closed.name, closed.line, line - closed.line + 1, closed.is_template,
                         std::ranges::any_of(open, &open_brace::is_class)});
      }
      if (closed.kind != scope::values) head = at + 1;
    } else if (code[at] == ';' && declares) {
      head = at + 1;
    } else if (code[at] == ':' && declares) {
      for (std::string_view label : {"public", "private", "protected"}) {
        if (trimmed(std::string_view{code}.substr(head, at - head)) == label) head = at + 1;
      }
    }
  }
  return found;
}

std::vector<include> includes_of(std::string_view text) {
  std::vector<include> found;
  int number = 0;
  for (auto line : lines_of(text)) {
    ++number;
    line = trimmed(line);
    if (!line.starts_with("#include")) continue;
    auto const open = line.find_first_of("\"<");
    if (open == line.npos) continue;
    auto const close = line.find_first_of("\">", open + 1);
    found.push_back(
        {std::string{line.substr(open + 1, close - open - 1)}, number, line[open] == '"'});
  }
  return found;
}

}  // namespace intake::tidy
