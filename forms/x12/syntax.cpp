#include "forms/x12/syntax.hpp"

#include "forms/x12/syntax_rules.hpp"
#include "forms/x12/values.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

using enum element_type;

bool is_code(std::string_view value) {
  return std::ranges::all_of(
      value, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_of_type(std::string_view value, element_type kind) {
  switch (kind) {
    case id:
    case codes:
      return is_code(value);
    case integer:
      return is_digits(value);
    case decimal:
      return is_number(value);
    case date:
      return read_day(value) != 0;
    case short_date:
      return is_short_day(value);
    case time:
      return is_time(value);
    default:
      return true;
  }
}

/// One segment's elements against their rules.
class checker {
 public:
  checker(segment const& one, delimiters const& marks, remarks& found)
      : one_{one}, marks_{marks}, found_{found}, has_marks_{has_inner_marks()} {}

  void run(segment_rule const& wanted) {
    std::size_t const count = std::max<std::size_t>(wanted.count, one_.elements.size());
    for (std::size_t n = 1; n <= count; ++n) {
      check(n, n <= wanted.count ? wanted.elements[n - 1] : element_rule{});
    }
    for (auto const& [a, b] : wanted.pairs) {
      if (a == 0 || one_[a].empty() == one_[b].empty()) continue;
      note(remark_code::pair_incomplete, one_[a].empty() ? a : b);
    }
  }

 private:
  /// Few segments have any: one look at the whole spares one at every element.
  bool has_inner_marks() const {
    if (one_.elements.empty()) return false;
    auto const* const begin = one_.elements.front().data();
    auto const* const end = one_.elements.back().data() + one_.elements.back().size();
    std::string_view const whole(begin, static_cast<std::size_t>(end - begin));
    return holds(whole, marks_.component) || holds(whole, marks_.repetition);
  }

  /// A space stands in names: where ISA16 is one, that is said once and not at every name.
  static bool holds(std::string_view text, char mark) {
    return mark != '\0' && mark != ' ' && text.find(mark) != text.npos;
  }

  void note(remark_code code, std::size_t element) { found_.add(code, one_.number, element); }

  void check(std::size_t element, element_rule const& wanted) {
    auto const value = one_[element];
    if (value.empty()) {
      if (wanted.is_required) note(remark_code::element_missing, element);
      return;
    }
    if (wanted.kind == unused) return note(remark_code::element_not_used, element);
    if (has_marks_ && check_marks(value, element, wanted.kind)) return;
    if (wanted.kind == composite) return;
    if (wanted.kind == codes) {
      for_each_part(value, marks_.repetition,
                    [&](std::string_view one) { check_value(one, element, wanted); });
    } else {
      check_value(value, element, wanted);
    }
  }

  /// Whether separators stand where none may: then what the element says is no one value.
  bool check_marks(std::string_view value, std::size_t element, element_type kind) {
    bool is_wrong = false;
    // Where both are one character the file has said so at ISA11.
    bool const are_told_apart = marks_.component != marks_.repetition;
    if (kind != composite && holds(value, marks_.component) && (kind != codes || are_told_apart)) {
      note(remark_code::components_not_allowed, element);
      is_wrong = true;
    }
    if (!are_told_apart || !holds(value, marks_.repetition)) return is_wrong;
    if (kind != codes) {
      note(remark_code::repetition_not_allowed, element);
      return true;
    }
    if (has_empty_part(value)) note(remark_code::repetition_empty, element);
    return is_wrong;
  }

  bool has_empty_part(std::string_view value) const {
    char const two[] = {marks_.repetition, marks_.repetition};
    return value.starts_with(two[0]) || value.ends_with(two[0]) ||
           value.find(std::string_view{two, 2}) != value.npos;
  }

  void check_value(std::string_view value, std::size_t element, element_rule const& wanted) {
    // X12.6: sign and decimal point do not count as characters of a number.
    auto const counted = wanted.kind == decimal
                             ? static_cast<std::size_t>(std::ranges::count_if(
                                   value, [](char c) { return c != '-' && c != '.'; }))
                             : value.size();
    if (counted < wanted.min) note(remark_code::element_too_short, element);
    if (counted > wanted.max) note(remark_code::element_too_long, element);
    if (!is_of_type(value, wanted.kind)) return note(remark_code::element_malformed, element);
    if (wanted.values.empty() || value.size() != 1) return;
    if (!holds(wanted.values, value[0])) note(remark_code::value_not_allowed, element);
  }

  segment const& one_;
  delimiters const& marks_;
  remarks& found_;
  bool has_marks_;
};

bool has_only_spaces(std::string_view text) {
  return text.find_first_not_of(' ') == text.npos;
}

}  // namespace

void check_elements(segment const& one, delimiters const& marks, remarks& found) {
  if (auto const* const wanted = rule_of(one.name)) checker{one, marks, found}.run(*wanted);
}

void check_isa(segment const& isa, delimiters const& marks, remarks& found) {
  auto const note = [&](remark_code code, std::size_t element) {
    found.add(code, isa.number, element);
  };
  for (std::size_t const n : {1U, 3U, 5U, 6U, 7U, 8U}) {
    if (has_only_spaces(isa[n])) note(remark_code::element_missing, n);
  }
  for (std::size_t const n : {1U, 3U, 5U, 7U}) {
    if (!has_only_spaces(isa[n]) && !is_code(isa[n])) note(remark_code::element_malformed, n);
  }
  if (!is_short_day(isa[9])) note(remark_code::element_malformed, 9);
  if (isa[10].size() != 4 || !is_time(isa[10])) note(remark_code::element_malformed, 10);
  auto const repetition = isa[11];
  auto const mark = repetition.empty() ? '\0' : repetition[0];
  bool const clashes = mark == marks.element || mark == marks.component || mark == marks.segment;
  bool const must_separate = isa[12] >= "00402";
  if (clashes || (must_separate && marks.repetition == '\0')) {
    note(remark_code::repetition_separator, 11);
  }
  if (isa[12].size() != 5 || !is_digits(isa[12])) note(remark_code::element_malformed, 12);
  if (isa[13].size() != 9 || !is_digits(isa[13])) note(remark_code::element_malformed, 13);
  if (isa[14] != "0" && isa[14] != "1") note(remark_code::value_not_allowed, 14);
  if (isa[15] != "P" && isa[15] != "T") note(remark_code::value_not_allowed, 15);
  if (isa[16] == " ") note(remark_code::value_not_allowed, 16);
}

}  // namespace intake::forms::x12
