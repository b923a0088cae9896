#pragma once
#include "forms/insurance/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a cell of a rule table asks of a fact: `any`, `a|b`, `!a`, `!a|!b`, ranges such as `0-14`,
/// `65-`, `-17`, `unknown` as a value of its own. An empty cell is `any`; `any` includes unknown,
/// and so does `!a`.
namespace intake::forms::insurance {

/// Largest number a range may name: a hundred years in days.
inline constexpr int number_max = 36'600;

/// A set of words that are not a closed vocabulary (payers, locations, states).
struct name_set {
  bool any = true;
  bool negated = false;
  std::vector<std::string> names;
  bool contains(std::string_view name) const;
};

/// A set of values of one vocabulary, as bits.
template <class Enum>
struct value_set {
  std::uint32_t bits = ~std::uint32_t{0};
  bool contains(Enum value) const { return ((bits >> static_cast<unsigned>(value)) & 1U) != 0; }
  bool is_any() const { return bits == ~std::uint32_t{0}; }
};

/// From and to, both included.
struct number_range {
  int from = 0;
  int to = number_max;
  bool operator==(number_range const&) const = default;
};

/// A set of numbers, and whether "unknown" is in it. Ranges are sorted and do not touch.
struct number_set {
  bool unknown = true;
  std::vector<number_range> ranges{{}};
  bool contains(std::optional<int> number) const;
  bool is_any() const { return unknown && ranges == std::vector<number_range>{{}}; }
};

/// A value, or in a manager's words why the cell cannot be read.
template <class T>
struct cell_reading {
  T value{};
  std::string problem{};  ///< empty: all is well
  std::string hint{};
};

cell_reading<name_set> read_names(std::string_view cell);
cell_reading<number_set> read_numbers(std::string_view cell);
template <class Enum>
cell_reading<value_set<Enum>> read_values(std::string_view cell);

/// "0-14", "65 or more", "unknown": for findings and near misses.
std::string describe(number_range range);

}  // namespace intake::forms::insurance
