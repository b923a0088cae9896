#include "forms/insurance/condition.hpp"

#include "forms/insurance/words.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace intake::forms::insurance {
namespace {

struct parts_reading {
  bool any = false;
  bool negated = false;
  std::vector<std::string_view> parts;
  std::string problem;
  std::string hint;
};

// `a|b` or `!a|!b`; a mixture has no meaning that two people would agree on.
parts_reading read_parts(std::string_view cell) {
  parts_reading result;
  std::size_t negations = 0;
  for (auto part : split(cell, '|')) {
    if (part.front() == '!') {
      ++negations;
      part = trimmed(part.substr(1));
    }
    if (lower_case(part) == "any") result.any = true;
    if (!part.empty()) result.parts.push_back(part);
  }
  result.negated = negations > 0;
  if (negations > 0 && negations != result.parts.size()) {
    result.problem = "The cell mixes values with and without \"!\".";
    result.hint = "Write either a|b or !a|!b.";
  } else if (result.any && (result.negated || result.parts.size() > 1)) {
    result.problem = "\"any\" stands beside other values.";
    result.hint = "Write any alone, or leave it out.";
  } else if (result.parts.empty() && !trimmed(cell).empty()) {
    result.problem = "The cell has a separator but no value.";
  }
  if (result.parts.empty()) result.any = true;
  return result;
}

std::string nearest_word(std::string_view said, std::span<std::string_view const> words) {
  std::string const key = lower_case(said);
  for (auto const& word : words) {
    if (edit_distance(key, word, 2) <= 2) return fmt::format("Did you mean {}?", word);
  }
  return fmt::format("Possible: {}.", fmt::join(words, ", "));
}

std::optional<int> read_number(std::string_view text) {
  text = trimmed(text);
  int value = -1;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || value > number_max) return std::nullopt;
  return value;
}

// Everybody's spelling of a range becomes from-to: "0–14", "0..14", "0 to 14", "65+", ">=65",
// "<18".
std::string plain_range(std::string_view part) {
  struct spelling {
    std::string_view said;
    std::string_view meant;
  };
  static constexpr spelling spellings[] = {
      {"\u2013", "-"},  {"\u2014", "-"},  {"\u2212", "-"},  {"..", "-"},  {" to ", "-"},
      {"\u2265", ">="}, {"\u2264", "<="}, {"or more", "-"}, {"days", ""}, {"years", ""}};
  std::string text = lower_case(part);
  for (auto const& [said, meant] : spellings) {
    for (auto at = text.find(said); at != std::string::npos; at = text.find(said, at)) {
      text.replace(at, said.size(), meant);
    }
  }
  if (text.ends_with('+')) text.back() = '-';
  return text;
}

std::optional<number_range> read_range(std::string_view part) {
  std::string const text = plain_range(part);
  std::string_view const view = trimmed(text);
  auto const bounded = [](std::optional<int> from,
                          std::optional<int> to) -> std::optional<number_range> {
    if (!from || !to || *from > *to || *from < 0) return std::nullopt;
    return number_range{*from, *to};
  };
  auto const shifted = [](std::optional<int> number, int by) -> std::optional<int> {
    if (!number) return std::nullopt;
    return *number + by;
  };
  if (view.starts_with(">=")) return bounded(read_number(view.substr(2)), number_max);
  if (view.starts_with("<=")) return bounded(0, read_number(view.substr(2)));
  if (view.starts_with(">")) return bounded(shifted(read_number(view.substr(1)), 1), number_max);
  if (view.starts_with("<")) return bounded(0, shifted(read_number(view.substr(1)), -1));
  auto const dash = view.find('-');
  if (dash == std::string_view::npos) return bounded(read_number(view), read_number(view));
  auto const left = trimmed(view.substr(0, dash));
  auto const right = trimmed(view.substr(dash + 1));
  if (left.empty() && right.empty()) return std::nullopt;
  return bounded(left.empty() ? 0 : read_number(left),
                 right.empty() ? number_max : read_number(right));
}

void merge(std::vector<number_range>& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](auto const& a, auto const& b) { return a.from < b.from; });
  std::vector<number_range> merged;
  for (auto const& range : ranges) {
    if (!merged.empty() && range.from <= merged.back().to + 1) {
      merged.back().to = std::max(merged.back().to, range.to);
    } else {
      merged.push_back(range);
    }
  }
  ranges = std::move(merged);
}

number_set complement(number_set const& set) {
  number_set result{!set.unknown, {}};
  int from = 0;
  for (auto const& range : set.ranges) {
    if (range.from > from) result.ranges.push_back({from, range.from - 1});
    from = range.to + 1;
  }
  if (from <= number_max) result.ranges.push_back({from, number_max});
  return result;
}

}  // namespace

bool name_set::contains(std::string_view name) const {
  return any || negated != (std::find(names.begin(), names.end(), name) != names.end());
}

bool number_set::contains(std::optional<int> number) const {
  if (!number) return unknown;
  return std::any_of(ranges.begin(), ranges.end(), [&](number_range const& range) {
    return range.from <= *number && *number <= range.to;
  });
}

cell_reading<name_set> read_names(std::string_view cell) {
  auto parts = read_parts(cell);
  name_set set{parts.any, parts.negated, {}};
  if (!parts.any) set.names.assign(parts.parts.begin(), parts.parts.end());
  return {std::move(set), std::move(parts.problem), std::move(parts.hint)};
}

cell_reading<number_set> read_numbers(std::string_view cell) {
  auto parts = read_parts(cell);
  cell_reading<number_set> result{{}, std::move(parts.problem), std::move(parts.hint)};
  if (parts.any || !result.problem.empty()) return result;
  result.value = {false, {}};
  for (auto const part : parts.parts) {
    if (lower_case(part) == "unknown") {
      result.value.unknown = true;
    } else if (auto const range = read_range(part)) {
      result.value.ranges.push_back(*range);
    } else {
      result.problem = fmt::format("\"{}\" is not a number or a range of numbers.", part);
      result.hint =
          "Write 0-14, 65- or unknown. If the spreadsheet made a date of it, format the column as "
          "text or write 0..14.";
    }
  }
  merge(result.value.ranges);
  if (parts.negated) result.value = complement(result.value);
  return result;
}

template <class Enum>
cell_reading<value_set<Enum>> read_values(std::string_view cell) {
  auto parts = read_parts(cell);
  cell_reading<value_set<Enum>> result{{}, std::move(parts.problem), std::move(parts.hint)};
  if (parts.any || !result.problem.empty()) return result;
  result.value.bits = 0;
  for (auto const part : parts.parts) {
    if (auto const value = from_word<Enum>(part)) {
      result.value.bits |= 1U << static_cast<unsigned>(*value);
    } else {
      result.problem = fmt::format("\"{}\" is not a value of this column.", part);
      result.hint = nearest_word(part, words_of<Enum>());
    }
  }
  if (parts.negated) result.value.bits = ~result.value.bits;
  return result;
}

template cell_reading<value_set<payer_kind>> read_values<payer_kind>(std::string_view);
template cell_reading<value_set<product>> read_values<product>(std::string_view);
template cell_reading<value_set<network>> read_values<network>(std::string_view);
template cell_reading<value_set<accident_kind>> read_values<accident_kind>(std::string_view);
template cell_reading<value_set<yes_no>> read_values<yes_no>(std::string_view);
template cell_reading<value_set<plan_basis>> read_values<plan_basis>(std::string_view);
template cell_reading<value_set<relation>> read_values<relation>(std::string_view);
template cell_reading<value_set<medicare_reason>> read_values<medicare_reason>(std::string_view);

std::string describe(number_range range) {
  if (range.from == range.to) return fmt::format("{}", range.from);
  if (range.to >= number_max) return fmt::format("{} or more", range.from);
  return fmt::format("{}-{}", range.from, range.to);
}

}  // namespace intake::forms::insurance
