#include "forms/units.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace intake::forms {
namespace {

/// One UCUM unit (https://ucum.org/ucum, tables of version 2.1): value in the base unit of its kind
/// is (value + offset) × numerator ÷ denominator.
struct unit_row {
  std::string_view code;
  char kind;
  std::string_view numerator;
  std::string_view denominator;
  std::string_view offset;
};

// Kinds: M mass in g, L length in m, V volume in L, T time in s, C temperature in K, P pressure in
// Pa, E energy in J, F frequency in 1/s, 1 number, B body mass index in kg/m2, A plane angle in
// deg, c concentration in mg/dL, m substance concentration in mmol/L, r dose rate in mg/d.
constexpr std::array known_units{
    unit_row{"g", 'M', "1", "1", "0"},
    unit_row{"kg", 'M', "1000", "1", "0"},
    unit_row{"mg", 'M', "0.001", "1", "0"},
    unit_row{"ug", 'M', "0.000001", "1", "0"},
    unit_row{"[lb_av]", 'M', "453.59237", "1", "0"},
    unit_row{"[oz_av]", 'M', "453.59237", "16", "0"},
    unit_row{"[stone_av]", 'M', "6350.29318", "1", "0"},
    unit_row{"m", 'L', "1", "1", "0"},
    unit_row{"km", 'L', "1000", "1", "0"},
    unit_row{"cm", 'L', "0.01", "1", "0"},
    unit_row{"mm", 'L', "0.001", "1", "0"},
    unit_row{"[in_i]", 'L', "0.0254", "1", "0"},
    unit_row{"[ft_i]", 'L', "0.3048", "1", "0"},
    unit_row{"[yd_i]", 'L', "0.9144", "1", "0"},
    unit_row{"[mi_i]", 'L', "1609.344", "1", "0"},
    unit_row{"L", 'V', "1", "1", "0"},
    unit_row{"l", 'V', "1", "1", "0"},
    unit_row{"dL", 'V', "0.1", "1", "0"},
    unit_row{"mL", 'V', "0.001", "1", "0"},
    unit_row{"[foz_us]", 'V', "0.0295735295625", "1", "0"},
    unit_row{"[cup_us]", 'V', "0.2365882365", "1", "0"},
    unit_row{"s", 'T', "1", "1", "0"},
    unit_row{"ms", 'T', "0.001", "1", "0"},
    unit_row{"min", 'T', "60", "1", "0"},
    unit_row{"h", 'T', "3600", "1", "0"},
    unit_row{"d", 'T', "86400", "1", "0"},
    unit_row{"wk", 'T', "604800", "1", "0"},
    unit_row{"mo", 'T', "2629800", "1", "0"},
    unit_row{"a", 'T', "31557600", "1", "0"},
    unit_row{"K", 'C', "1", "1", "0"},
    unit_row{"Cel", 'C', "1", "1", "273.15"},
    unit_row{"[degF]", 'C', "5", "9", "459.67"},
    unit_row{"Pa", 'P', "1", "1", "0"},
    unit_row{"kPa", 'P', "1000", "1", "0"},
    unit_row{"mm[Hg]", 'P', "133.322", "1", "0"},
    unit_row{"J", 'E', "1", "1", "0"},
    unit_row{"kJ", 'E', "1000", "1", "0"},
    unit_row{"kcal", 'E', "4184", "1", "0"},
    unit_row{"/s", 'F', "1", "1", "0"},
    unit_row{"/min", 'F', "1", "60", "0"},
    unit_row{"/h", 'F', "1", "3600", "0"},
    unit_row{"/d", 'F', "1", "86400", "0"},
    unit_row{"/a", 'F', "1", "31557600", "0"},
    unit_row{"/wk", 'F', "1", "604800", "0"},
    unit_row{"1", '1', "1", "1", "0"},
    unit_row{"%", '1', "0.01", "1", "0"},
    unit_row{"kg/m2", 'B', "1", "1", "0"},
    unit_row{"deg", 'A', "1", "1", "0"},
    unit_row{"mg/dL", 'c', "1", "1", "0"},
    unit_row{"g/dL", 'c', "1000", "1", "0"},
    unit_row{"g/L", 'c', "100", "1", "0"},
    unit_row{"mmol/L", 'm', "1", "1", "0"},
    unit_row{"mg/d", 'r', "1", "1", "0"},
    unit_row{"h/wk", '1', "1", "168", "0"},
    unit_row{"d/wk", '1', "1", "7", "0"},
    unit_row{"min/d", '1', "1", "1440", "0"},
};

/// "{beats}/min" is "/min", "{score}" is "1": braces annotate and change nothing (UCUM § 12).
std::string without_annotations(std::string_view code) {
  std::string plain;
  while (!code.empty()) {
    auto const open = code.find('{');
    plain += code.substr(0, open);
    if (open == std::string_view::npos) break;
    auto const close = code.find('}', open);
    if (close == std::string_view::npos) break;
    code.remove_prefix(close + 1);
  }
  return plain.empty() ? "1" : plain;
}

unit_row const* find_unit(std::string_view code) {
  auto const plain = without_annotations(code);
  auto const found = std::ranges::find(known_units, plain, &unit_row::code);
  return found == known_units.end() ? nullptr : &*found;
}

decimal number(std::string_view text) {
  return decimal::read(text).value_or(decimal{});
}

std::string_view code_or_unit(quantity const& value) {
  return value.code.empty() ? std::string_view{value.unit} : std::string_view{value.code};
}

bool is_ucum(quantity const& value) {
  return value.system.empty() || value.system == ucum_system;
}

bool reaches_up(quantity const& value) {
  return value.comparator.starts_with('>');
}

bool reaches_down(quantity const& value) {
  return value.comparator.starts_with('<');
}

/// Does not hold its own number: "<5" and ">5".
bool is_strict(quantity const& value) {
  return value.comparator == "<" || value.comparator == ">";
}

bool may_be_equal(quantity const& a, quantity const& b, std::strong_ordering numbers) {
  if (numbers < 0) return reaches_up(a) || reaches_down(b);
  if (numbers > 0) return reaches_down(a) || reaches_up(b);
  bool const same_way = (reaches_up(a) && reaches_up(b)) || (reaches_down(a) && reaches_down(b));
  return same_way || (!is_strict(a) && !is_strict(b));
}

}  // namespace

bool has_unit(quantity const& value) {
  return !code_or_unit(value).empty();
}

bool same_unit(quantity const& a, quantity const& b) {
  bool const one_uncoded = a.code.empty() || b.code.empty();
  if (one_uncoded && !a.unit.empty() && a.unit == b.unit) return true;
  return code_or_unit(a) == code_or_unit(b) &&
         (a.system == b.system || a.system.empty() || b.system.empty());
}

bool is_known_unit(std::string_view ucum_code) {
  return find_unit(ucum_code) != nullptr;
}

std::optional<unit_scale> scale_of(std::string_view ucum_code) {
  auto const* row = find_unit(ucum_code);
  if (row == nullptr) return std::nullopt;
  return unit_scale{row->kind, number(row->numerator), number(row->denominator),
                    number(row->offset)};
}

std::optional<std::strong_ordering> compare_quantities(quantity const& a, quantity const& b) {
  auto const x = decimal::read(a.value);
  auto const y = decimal::read(b.value);
  if (!x || !y) return std::nullopt;
  if (same_unit(a, b)) return *x <=> *y;
  auto const* from = is_ucum(a) ? find_unit(code_or_unit(a)) : nullptr;
  auto const* to = is_ucum(b) ? find_unit(code_or_unit(b)) : nullptr;
  bool const unitless = !has_unit(a) || !has_unit(b);
  if (unitless || from == nullptr || to == nullptr || from->kind != to->kind) return std::nullopt;
  // Cross-multiplied, so that nothing is divided and nothing is rounded.
  return (*x + number(from->offset)) * number(from->numerator) * number(to->denominator) <=>
         (*y + number(to->offset)) * number(to->numerator) * number(from->denominator);
}

std::optional<possible_orders> possible_orders_of(quantity const& a, quantity const& b) {
  auto const numbers = compare_quantities(a, b);
  if (!numbers) return std::nullopt;
  return possible_orders{*numbers < 0 || reaches_down(a) || reaches_up(b),
                         may_be_equal(a, b, *numbers),
                         *numbers > 0 || reaches_up(a) || reaches_down(b)};
}

}  // namespace intake::forms
