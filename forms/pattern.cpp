#include "forms/pattern.hpp"

#include <cctype>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <re2/re2.h>

namespace intake::forms {
namespace {

// A form's regex is short; a longer one is a mistake or an attack.
constexpr std::size_t regex_bytes_max = 4096;
constexpr std::int64_t program_bytes_max = std::int64_t{1} << 20;

// Java's \h, which RE2 has not.
constexpr std::string_view horizontal_space =
    "\\t \\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}";

enum class line_mode { as_written, single };

/// "$1" as RE2 writes it; a backslash before anything but a digit is one.
std::string rewrite_of(std::string_view substitute) {
  std::string out;
  for (std::size_t i = 0; i < substitute.size(); ++i) {
    char const c = substitute[i];
    bool const group = i + 1 < substitute.size() &&
                       std::isdigit(static_cast<unsigned char>(substitute[i + 1])) != 0;
    if ((c == '$' || c == '\\') && group) {
      out += '\\';
    } else if (c == '\\') {
      out += "\\\\";
    } else {
      out += c;
    }
  }
  return out;
}

class re2_pattern final : public pattern {
 public:
  re2_pattern(std::string const& regex, line_mode mode) : compiled_{regex, options(mode)} {}
  bool ok() const { return compiled_.ok(); }
  std::string const& fault() const { return compiled_.error(); }
  bool matches_whole(std::string_view text) const override {
    return RE2::FullMatch({text.data(), text.size()}, compiled_);
  }
  bool matches_part(std::string_view text) const override {
    return RE2::PartialMatch({text.data(), text.size()}, compiled_);
  }
  std::optional<std::string> replaced(std::string_view text, std::string_view substitute,
                                      std::size_t bytes_max) const override {
    auto const rewrite = rewrite_of(substitute);
    std::string fault;
    // Groups may repeat the whole match: the worst that can come out is bounded before it is made.
    if ((text.size() + 1) * (rewrite.size() + 1) > 16 * bytes_max) return std::nullopt;
    if (!compiled_.CheckRewriteString(rewrite, &fault)) return std::nullopt;
    std::string result{text};
    RE2::GlobalReplace(&result, compiled_, rewrite);
    if (result.size() > bytes_max) return std::nullopt;
    return result;
  }

 private:
  static RE2::Options options(line_mode mode) {
    RE2::Options options;
    options.set_dot_nl(mode == line_mode::single);
    options.set_log_errors(false);
    options.set_max_mem(program_bytes_max);
    return options;
  }
  RE2 compiled_;
};

bool is_hex(std::string_view digits) {
  for (char const c : digits) {
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

/// What other dialects write differently, one construct at a time.
class translator {
 public:
  explicit translator(std::string_view regex) : rest_{regex} {}

  parsed<std::string> run() {
    while (!rest_.empty()) {
      if (rest_.starts_with("(?=") || rest_.starts_with("(?!") || rest_.starts_with("(?<=") ||
          rest_.starts_with("(?<!")) {
        return unsupported("Look-around is not supported.");
      }
      if (rest_.starts_with("(?>")) return unsupported("Atomic groups are not supported.");
      if (rest_[0] == '\\') {
        if (!escape()) return unsupported("Back-references are not supported.");
        continue;
      }
      named_group() || possessive() || bracket() || plain();
    }
    return std::move(out_);
  }

 private:
  static parse_error unsupported(std::string sentence) {
    return parse_error::of("regex-unsupported", std::move(sentence));
  }

  bool escape() {
    char const kind = rest_.size() > 1 ? rest_[1] : '\0';
    if (kind >= '1' && kind <= '9') return false;
    if (kind == 'k' && rest_.size() > 2 && rest_[2] == '<') return false;
    if (kind == 'u' && rest_.size() >= 6 && is_hex(rest_.substr(2, 4))) {
      out_ += fmt::format("\\x{{{}}}", rest_.substr(2, 4));
      rest_.remove_prefix(6);
    } else if (kind == 'h') {
      take(in_class_ ? std::string{horizontal_space} : fmt::format("[{}]", horizontal_space), 2);
    } else if (kind == 'Z') {
      take("\\z", 2);
    } else if (kind == '/' || kind == '"' || kind == '\'' || kind == '@' || kind == '#') {
      // Escaped for a literal's sake; RE2 knows punctuation escapes, so this one only loses the
      // slash.
      take(rest_.substr(1, 1), 2);
    } else {
      take(rest_.substr(0, 2), std::min<std::size_t>(2, rest_.size()));
    }
    return true;
  }

  // (?<name>…) is RE2's (?P<name>…).
  bool named_group() {
    if (!rest_.starts_with("(?<")) return false;
    take("(?P<", 3);
    return true;
  }

  // A possessive quantifier matches what the greedy one does, or less where the whole must match.
  bool possessive() {
    bool const quantified = rest_.size() > 1 && rest_[1] == '+' && !in_class_ &&
                            (rest_[0] == '*' || rest_[0] == '+' || rest_[0] == '?');
    if (!quantified || out_.empty()) return false;
    take(rest_.substr(0, 1), 2);
    return true;
  }

  bool bracket() {
    if (rest_[0] == '[' && in_class_ && !rest_.starts_with("[:")) {
      take("\\[", 1);
      return true;
    }
    if (rest_[0] == '[') in_class_ = true;
    if (rest_[0] == ']') in_class_ = false;
    return plain();
  }

  bool plain() { return take(rest_.substr(0, 1), 1); }

  bool take(std::string_view written, std::size_t read) {
    out_ += written;
    rest_.remove_prefix(read);
    return true;
  }

  std::string_view rest_;
  std::string out_;
  bool in_class_ = false;
};

/// What stands between the slashes of an ECMAScript literal, /…/ or /…/i; any other regex as it is.
struct unwrapped_regex {
  std::string_view text;
  bool any_case = false;
};

unwrapped_regex without_slashes(std::string_view regex) {
  bool const any_case = regex.size() > 2 && regex.ends_with("/i");
  auto const literal = regex.substr(0, regex.size() - (any_case ? 1 : 0));
  if (literal.size() < 2 || literal.front() != '/' || literal.back() != '/') return {regex};
  return {literal.substr(1, literal.size() - 2), any_case};
}

parsed<std::shared_ptr<pattern const>> compile_in_mode(std::string_view regex, line_mode mode) {
  if (regex.empty() || regex.size() > regex_bytes_max) {
    return parse_error::of("regex-unsupported", "The regex is empty or longer than 4096 bytes.");
  }
  auto const [text, any_case] = without_slashes(regex);
  auto translated = translator{text}.run();
  if (!translated) return std::move(translated).error();
  if (any_case) translated->insert(0, "(?i)");
  auto compiled = std::make_shared<re2_pattern const>(*translated, mode);
  if (!compiled->ok()) {
    return parse_error::of("regex-unsupported", fmt::format("RE2: {}.", compiled->fault()));
  }
  return std::shared_ptr<pattern const>{std::move(compiled)};
}

}  // namespace

parsed<std::shared_ptr<pattern const>> compile_pattern(std::string_view regex) {
  return compile_in_mode(regex, line_mode::as_written);
}

parsed<std::shared_ptr<pattern const>> compile_single_line_pattern(std::string_view regex) {
  return compile_in_mode(regex, line_mode::single);
}

}  // namespace intake::forms
