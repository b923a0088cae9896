#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/pattern.hpp"
#include "forms/utf8.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace intake::forms::fhirpath {
namespace {

collection truth(bool of) {
  collection result;
  result.push_back({of});
  return result;
}

collection text(call& of, std::string made) {
  if (made.size() > evaluation_text_bytes_max) {
    of.fail("The text becomes too long.");
    return {};
  }
  if (!of.in.spend(made.size() / 64)) return {};
  collection result;
  result.push_back(text_value(std::move(made)));
  return result;
}

std::optional<std::string> input_text(call& of) {
  return of.in.text(of.input, of.at);
}

/// The input and a text argument; nothing where one of them is empty.
struct two_texts {
  std::string input;
  std::string argument;
};
std::optional<two_texts> with_argument(call& of) {
  auto input = input_text(of);
  auto argument = of.in.text(of.argument(0), of.at);
  if (!input || !argument) return std::nullopt;
  return two_texts{std::move(*input), std::move(*argument)};
}

/// The byte where a code point begins; nothing beyond the end.
std::optional<std::size_t> byte_of(std::string_view text, std::int32_t code_point) {
  if (code_point < 0) return std::nullopt;
  std::size_t place = 0;
  for (; code_point > 0 && place < text.size(); --code_point) {
    place += std::max<std::size_t>(utf8_sequence_bytes(text.substr(place)), 1);
  }
  return code_point == 0 ? std::optional{place} : std::nullopt;
}

collection place(std::string_view text, std::size_t byte) {
  collection result;
  bool const found = byte != std::string_view::npos;
  auto const points = found ? count_code_points(text.substr(0, byte)) : 0;
  result.push_back({found ? static_cast<std::int32_t>(points) : -1});
  return result;
}

collection index_of(call& of) {
  auto const both = with_argument(of);
  return both ? place(both->input, both->input.find(both->argument)) : collection{};
}

collection last_index_of(call& of) {
  auto const both = with_argument(of);
  return both ? place(both->input, both->input.rfind(both->argument)) : collection{};
}

collection substring(call& of) {
  auto const input = input_text(of);
  auto const first = of.in.integer(of.argument(0), of.at);
  if (!input || !first) return {};
  auto const begin = byte_of(*input, *first);
  if (!begin || *begin >= input->size()) return {};
  auto const rest = std::string_view{*input}.substr(*begin);
  if (of.count() == 1) return text(of, std::string{rest});
  auto const length = of.in.integer(of.argument(1), of.at);
  if (!length) return of.in.failed() ? collection{} : text(of, std::string{rest});
  if (*length <= 0) return text(of, "");
  return text(of, std::string{rest.substr(0, byte_of(rest, *length).value_or(rest.size()))});
}

collection starts_with(call& of) {
  auto const both = with_argument(of);
  return both ? truth(both->input.starts_with(both->argument)) : collection{};
}

collection ends_with(call& of) {
  auto const both = with_argument(of);
  return both ? truth(both->input.ends_with(both->argument)) : collection{};
}

collection contains(call& of) {
  auto const both = with_argument(of);
  return both ? truth(both->input.find(both->argument) != std::string::npos) : collection{};
}

icu::UnicodeString unicode(std::string const& text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<int>(text.size())});
}

// Case by Unicode's own rules, whatever language the machine speaks.
collection upper(call& of) {
  auto const input = input_text(of);
  if (!input) return {};
  std::string result;
  unicode(*input).toUpper(icu::Locale::getRoot()).toUTF8String(result);
  return text(of, std::move(result));
}

collection lower(call& of) {
  auto const input = input_text(of);
  if (!input) return {};
  std::string result;
  unicode(*input).toLower(icu::Locale::getRoot()).toUTF8String(result);
  return text(of, std::move(result));
}

/// Replaces every occurrence; of the empty text there is one around every code point.
std::string with_replaced(std::string const& input, std::string const& wanted,
                          std::string const& substitute) {
  std::string result;
  std::size_t done = 0;
  while (done < input.size() && result.size() <= evaluation_text_bytes_max) {
    auto const found = wanted.empty() ? done : input.find(wanted, done);
    if (found == std::string::npos) break;
    result.append(input, done, found - done).append(substitute);
    done = found + wanted.size();
    if (!wanted.empty()) continue;
    auto const bytes = std::max<std::size_t>(utf8_sequence_bytes(input.substr(done, 4)), 1);
    result.append(input, done, bytes);
    done += bytes;
  }
  result.append(input, done);
  if (wanted.empty()) result += substitute;
  return result;
}

collection replace(call& of) {
  auto const both = with_argument(of);
  auto const substitute = of.in.text(of.argument(1), of.at);
  if (!both || !substitute) return {};
  return text(of, with_replaced(both->input, both->argument, *substitute));
}

/// The input and a regex; null where one of them is empty.
pattern const* with_regex(call& of, std::string& input) {
  auto both = with_argument(of);
  if (!both || !of.in.spend(both->input.size() / 16)) return nullptr;
  input = std::move(both->input);
  // RE2 takes no empty regex here; it matches everything.
  return of.in.regex(both->argument.empty() ? "(?:)" : both->argument, of.at);
}

collection matches(call& of) {
  std::string input;
  auto const* regex = with_regex(of, input);
  return regex == nullptr ? collection{} : truth(regex->matches_part(input));
}

collection matches_full(call& of) {
  std::string input;
  auto const* regex = with_regex(of, input);
  return regex == nullptr ? collection{} : truth(regex->matches_whole(input));
}

collection replace_matches(call& of) {
  auto const both = with_argument(of);
  auto const substitute = of.in.text(of.argument(1), of.at);
  if (!both || !substitute) return {};
  if (both->argument.empty()) return text(of, both->input);
  auto const* regex = of.in.regex(both->argument, of.at);
  if (regex == nullptr || !of.in.spend(both->input.size() / 16)) return {};
  auto made = regex->replaced(both->input, *substitute, evaluation_text_bytes_max);
  if (made) return text(of, std::move(*made));
  of.fail("The substitute names a group that the regex has not, or the text becomes too long.");
  return {};
}

collection length(call& of) {
  auto const input = input_text(of);
  if (!input) return {};
  collection result;
  result.push_back({static_cast<std::int32_t>(count_code_points(*input))});
  return result;
}

collection to_chars(call& of) {
  auto const input = input_text(of);
  if (!input || !of.in.spend(input->size())) return {};
  collection result;
  for (std::string_view rest = *input; !rest.empty();) {
    auto const bytes = std::max<std::size_t>(utf8_sequence_bytes(rest), 1);
    result.push_back(text_value(std::string{rest.substr(0, bytes)}));
    rest.remove_prefix(bytes);
  }
  return result;
}

collection trim(call& of) {
  auto const input = input_text(of);
  if (!input) return {};
  constexpr std::string_view blank = " \t\r\n\f\v";
  auto const first = input->find_first_not_of(blank);
  if (first == std::string::npos) return text(of, "");
  return text(of, input->substr(first, input->find_last_not_of(blank) - first + 1));
}

collection split(call& of) {
  auto const both = with_argument(of);
  if (!both || !of.in.spend(both->input.size())) return {};
  if (both->argument.empty()) return to_chars(of);
  collection result;
  std::size_t begin = 0;
  for (;;) {
    auto const end = std::min(both->input.find(both->argument, begin), both->input.size());
    result.push_back(text_value(both->input.substr(begin, end - begin)));
    if (end == both->input.size()) return result;
    begin = end + both->argument.size();
  }
}

collection join(call& of) {
  std::optional<std::string> between;
  if (of.count() == 1) between = of.in.text(of.argument(0), of.at);
  if (of.input.empty()) return {};
  std::string result;
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    auto const each = of.in.text({of.input[i]}, of.at);
    if (i != 0) result += between.value_or("");
    result += each.value_or("");
    if (result.size() > evaluation_text_bytes_max) break;
  }
  return text(of, std::move(result));
}

constexpr function_row text_rows[] = {
    {"indexOf", 1, 1, index_of},
    {"lastIndexOf", 1, 1, last_index_of},
    {"substring", 1, 2, substring},
    {"startsWith", 1, 1, starts_with},
    {"endsWith", 1, 1, ends_with},
    {"contains", 1, 1, contains},
    {"upper", 0, 0, upper},
    {"lower", 0, 0, lower},
    {"replace", 2, 2, replace},
    {"matches", 1, 1, matches},
    {"matchesFull", 1, 1, matches_full},
    {"replaceMatches", 2, 2, replace_matches},
    {"length", 0, 0, length},
    {"toChars", 0, 0, to_chars},
    {"trim", 0, 0, trim},
    {"split", 1, 1, split},
    {"join", 0, 1, join},
};

}  // namespace

std::span<function_row const> text_functions() {
  return text_rows;
}

}  // namespace intake::forms::fhirpath
