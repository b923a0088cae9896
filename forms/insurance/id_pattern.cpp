#include "forms/insurance/id_pattern.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

constexpr std::size_t pattern_items_max = 64;
constexpr int repetitions_max = 64;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_letter(char letter) {
  return letter >= 'A' && letter <= 'Z';
}

// CMS leaves out the letters that look like digits.
bool is_medicare_letter(char letter) {
  return is_letter(letter) && std::string_view("SLOIBZ").find(letter) == std::string_view::npos;
}

class pattern_reader {
 public:
  explicit pattern_reader(std::string_view text) : text_{text} {}

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool at_end() const { return at_ >= text_.size(); }
  char next() { return text_[at_++]; }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::size_t position() const { return at_ + 1; }

  int number() {
    int value = 0;
    bool any = false;
    while (is_digit(peek()) && value <= repetitions_max) {
      value = value * 10 + (next() - '0');
      any = true;
    }
    return any ? value : -1;
  }

  /// {n} or {n-m}; 1 to 1 where there is none; -1 in `least` where it cannot be read.
  std::pair<int, int> repetition() {
    skip_spaces();
    if (peek() != '{') return {1, 1};
    next();
    int const least = number();
    int most = least;
    if (peek() == '-') {
      next();
      most = number();
    }
    bool const closed = peek() == '}';
    if (closed) next();
    if (!closed || least < 0 || most < least || most > repetitions_max || most == 0) return {-1, 0};
    return {least, most};
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<id_pattern> id_pattern::read(std::string_view text, std::string& fault) {
  id_pattern pattern;
  pattern.alternatives_.emplace_back();
  pattern_reader reader(text);
  for (reader.skip_spaces(); !reader.at_end(); reader.skip_spaces()) {
    char const letter = reader.next();
    if (letter == '|') {
      pattern.alternatives_.emplace_back();
      continue;
    }
    auto& items = pattern.alternatives_.back();
    if (letter == '\'') {
      std::string literal;
      while (!reader.at_end() && reader.peek() != '\'') literal += reader.next();
      if (reader.at_end()) fault = "a quote is not closed";
      if (!reader.at_end()) reader.next();
      // What is compared with it has lost its hyphens, spaces and dots.
      for (char const one : lower_case(normal_identifier(literal))) {
        items.push_back({'\'', one, 1, 1});
      }
    } else if (std::string_view("NCLAXB").find(letter) == std::string_view::npos) {
      fault = fmt::format("\"{}\" at position {} is no class", letter, reader.position() - 1);
    } else {
      auto const [least, most] = reader.repetition();
      if (least < 0)
        fault = fmt::format("the repetition before position {} is not {{n}} or {{n-m}}",
                            reader.position());
      items.push_back({letter, '\0', static_cast<std::uint8_t>(std::max(least, 0)),
                       static_cast<std::uint8_t>(most)});
    }
    if (items.size() > pattern_items_max) fault = "it is too long";
    if (!fault.empty()) return std::nullopt;
  }
  for (auto const& items : pattern.alternatives_) {
    if (items.empty()) fault = "an alternative is empty";
  }
  if (!fault.empty()) return std::nullopt;
  return pattern;
}

bool id_pattern::takes(item const& one, char letter) {
  switch (one.kind) {
    case 'N':
      return is_digit(letter);
    case 'C':
      return is_digit(letter) && letter != '0';
    case 'L':
      return is_letter(letter);
    case 'A':
      return is_medicare_letter(letter);
    case 'X':
      return is_digit(letter) || is_medicare_letter(letter);
    case 'B':
      return is_digit(letter) || is_letter(letter);
    default:
      return lower_case(std::string(1, letter))[0] == one.literal;
  }
}

// All positions that can be reached after each item: linear in text × items, nothing to backtrack.
bool id_pattern::matches(sequence const& items, std::string_view normal) {
  std::vector<bool> reached(normal.size() + 1, false);
  reached[0] = true;
  for (auto const& one : items) {
    std::vector<bool> after(normal.size() + 1, false);
    for (std::size_t from = 0; from <= normal.size(); ++from) {
      if (!reached[from]) continue;
      for (std::size_t count = 0; count <= one.most && from + count <= normal.size(); ++count) {
        if (count > 0 && !takes(one, normal[from + count - 1])) break;
        if (count >= one.least) after[from + count] = true;
      }
    }
    reached = std::move(after);
  }
  return reached.back();
}

bool id_pattern::matches(std::string_view normal) const {
  constexpr std::size_t identifier_bytes_max = 128;
  if (normal.empty() || normal.size() > identifier_bytes_max) return false;
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](sequence const& items) { return matches(items, normal); });
}

std::string normal_identifier(std::string_view typed) {
  static constexpr std::string_view dashes[] = {"\u2010", "\u2011", "\u2012", "\u2013",
                                                "\u2014", "\u2212", "\u00A0"};
  std::string normal;
  for (std::size_t at = 0; at < typed.size();) {
    auto const rest = typed.substr(at);
    auto const dash = std::find_if(std::begin(dashes), std::end(dashes),
                                   [&](std::string_view one) { return rest.starts_with(one); });
    if (dash != std::end(dashes)) {
      at += dash->size();
      continue;
    }
    char const letter = typed[at++];
    if (letter == ' ' || letter == '-' || letter == '.' || letter == '\t') continue;
    normal += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return normal;
}

}  // namespace intake::forms::insurance
