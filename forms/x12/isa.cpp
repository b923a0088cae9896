#include "forms/x12/isa.hpp"

#include "forms/x12/values.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

constexpr std::array<std::size_t, isa_elements> isa_widths{2, 10, 2, 10, 2, 15, 2, 15,
                                                           6, 4,  1, 5,  9, 1,  1, 1};
/// How far the sixteenth separator is looked for where the widths are not kept.
constexpr std::size_t isa_bytes_max = 400;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_word(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_utf16(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr std::string_view begins[] = {"\xFF\xFE"sv, "\xFE\xFF"sv, "I\0S\0"sv, "\0I\0S"sv};
  return std::ranges::any_of(begins, [text](auto const one) { return text.starts_with(one); });
}

bool has_form(std::size_t n, std::string_view element) {
  switch (n) {
    case 9:
      return is_short_day(element);
    case 10:
      return element.size() == 4 && is_time(element);
    case 12:
    case 13:
      return is_digits(element);
    case 14:
      return element == "0" || element == "1";
    case 15:
      return element.size() == 1 && is_word(element[0]);
    default:
      return true;
  }
}

/// The first of the elements that are there which has not its form; else nothing.
std::optional<isa_fault> malformed_in(isa_reading const& isa, std::size_t there) {
  for (std::size_t n = 1; n <= there; ++n) {
    if (!has_form(n, isa.elements[n - 1])) return isa_fault{remark_code::isa_unreadable, n};
  }
  return std::nullopt;
}

/// Only `there` elements end with a separator; `rest` is what follows them.
isa_fault missing_after(isa_reading const& isa, std::size_t there, std::string_view rest) {
  if (auto const fault = malformed_in(isa, there)) return *fault;
  auto const width = isa_widths[there];
  auto const one = rest.substr(0, width);
  bool const is_whole = one.size() == width && has_form(there + 1, one);
  return {remark_code::isa_unreadable, std::min(there + (is_whole ? 2 : 1), isa_elements)};
}

}  // namespace

bool begins_isa(std::string_view text) noexcept {
  return text.size() > 3 && text.starts_with("ISA") && !is_word(text[3]) && text[3] != ' ';
}

remark_code reason_against(std::string_view text) noexcept {
  if (is_utf16(text)) return remark_code::utf16;
  if (text.starts_with("ISA ")) return remark_code::isa_space;
  bool const is_named = text.size() > 3 && tag_of(text.substr(0, 3)) == tag::isa;
  bool const is_lower = is_named && !text.starts_with("ISA") && !is_word(text[3]);
  return is_lower ? remark_code::isa_lower_case : remark_code::not_x12;
}

boost::system::result<isa_reading, isa_fault> read_isa(std::string_view text) {
  isa_reading isa;
  isa.marks.element = text[3];
  auto const head = text.substr(0, isa_bytes_max);
  isa.has_widths = true;
  std::size_t at = 4;
  for (std::size_t i = 0; i + 1 < isa_elements; ++i) {
    auto const end = head.find(isa.marks.element, at);
    if (end == head.npos) return missing_after(isa, i, head.substr(at));
    isa.elements[i] = head.substr(at, end - at);
    isa.has_widths = isa.has_widths && isa.elements[i].size() == isa_widths[i];
    at = end + 1;
  }
  if (at >= text.size()) return missing_after(isa, isa_elements - 1, {});
  isa.elements.back() = text.substr(at, 1);
  isa.marks.component = text[at];
  isa.ends_file = at + 1 == text.size();
  if (!isa.ends_file) isa.marks.segment = text[at + 1];
  isa.bytes = std::min(at + 2, text.size());
  auto const repetition = isa.elements[10];
  bool const repeats = repetition.size() == 1 && !is_word(repetition[0]) && repetition[0] != ' ';
  isa.marks.repetition = repeats ? repetition[0] : '\0';
  auto const& marks = isa.marks;
  bool const distinct = marks.element != marks.segment && marks.element != marks.component &&
                        marks.component != marks.segment && !is_word(marks.segment) &&
                        !is_word(marks.component);
  if (!distinct) {
    return malformed_in(isa, isa_elements)
        .value_or(isa_fault{remark_code::isa_separators, isa_elements});
  }
  return isa;
}

std::optional<char> terminator_of_lines(std::string_view rest) noexcept {
  auto last_of = [&rest]() -> char {
    auto const end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    return line.empty() ? 'A' : line.back();
  };
  auto const first = last_of();
  auto const second = last_of();
  return first == second && !is_word(first) ? std::optional{first} : std::nullopt;
}

}  // namespace intake::forms::x12
