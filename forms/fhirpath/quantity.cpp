#include "forms/fhirpath/quantity.hpp"

#include "forms/units.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

struct calendar_row {
  std::string_view word;
  std::string_view words;
  std::string_view ucum;
  time_unit unit;
};
constexpr std::array<calendar_row, 8> calendar_rows{{
    {"year", "years", "a", time_unit::year},
    {"month", "months", "mo", time_unit::month},
    {"week", "weeks", "wk", time_unit::week},
    {"day", "days", "d", time_unit::day},
    {"hour", "hours", "h", time_unit::hour},
    {"minute", "minutes", "min", time_unit::minute},
    {"second", "seconds", "s", time_unit::second},
    {"millisecond", "milliseconds", "ms", time_unit::millisecond},
}};

calendar_row const* calendar_row_of(std::string_view word) {
  auto const row = std::ranges::find_if(calendar_rows, [&](calendar_row const& one) {
    return one.word == word || one.words == word;
  });
  return row == calendar_rows.end() ? nullptr : &*row;
}

/// The UCUM code that a unit is or, for a calendar span, is nearest to.
std::string_view ucum_of(measure const& of) {
  auto const* row = of.calendar ? calendar_row_of(of.unit) : nullptr;
  return row == nullptr ? std::string_view{of.unit} : row->ucum;
}

bool varies(measure const& of) {
  auto const unit = of.calendar ? calendar_unit(of.unit) : std::nullopt;
  return unit == time_unit::year || unit == time_unit::month;
}

/// Value in the base unit times the other's denominator: cross-multiplied, nothing is divided.
decimal crossed(decimal const& value, unit_scale const& own, unit_scale const& other) {
  return (value + own.offset) * own.numerator * other.denominator;
}

std::optional<decimal> converted(measure const& from, std::string_view unit) {
  if (ucum_of(from) == unit) return from.value.value;
  auto const own = scale_of(ucum_of(from));
  auto const wanted = scale_of(unit);
  if (!own || !wanted || own->kind != wanted->kind) return std::nullopt;
  auto const value = crossed(from.value.value, *own, *wanted);
  auto const result = divide(number{value, 0}, number{own->denominator * wanted->numerator, 0});
  return result ? std::optional{result->value + -wanted->offset} : std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::string measure::to_text() const {
  if (calendar) return value.to_text() + " " + unit;
  return value.to_text() + " '" + unit + "'";
}

std::optional<time_unit> calendar_unit(std::string_view word) {
  auto const* row = calendar_row_of(word);
  return row == nullptr ? std::nullopt : std::optional{row->unit};
}

std::optional<measure> read_measure(std::string_view text) {
  text = trimmed(text);
  auto const plus = text.starts_with('+') ? 1U : 0U;
  auto const end = std::min(text.find_first_of(" \t'"), text.size());
  auto const value = number::read(text.substr(plus, end - plus));
  if (!value) return std::nullopt;
  auto const unit = trimmed(text.substr(end));
  if (unit.empty()) return measure{*value, "1", false};
  if (unit.size() >= 3 && unit.front() == '\'' && unit.back() == '\'') {
    return measure{*value, std::string{unit.substr(1, unit.size() - 2)}, false};
  }
  if (!calendar_unit(unit)) return std::nullopt;
  return measure{*value, std::string{unit}, true};
}

std::optional<time_unit> shift_unit(measure const& by) {
  if (auto const word = calendar_unit(by.unit)) return word;
  auto const row = std::ranges::find(calendar_rows, by.unit, &calendar_row::ucum);
  bool const exact = row != calendar_rows.end() && row->unit > time_unit::month;
  return exact ? std::optional{row->unit} : std::nullopt;
}

bool are_comparable(measure const& a, measure const& b) {
  if (ucum_of(a) == ucum_of(b)) return varies(a) == varies(b);
  if (varies(a) != varies(b)) return false;
  auto const x = scale_of(ucum_of(a));
  auto const y = scale_of(ucum_of(b));
  return x && y && x->kind == y->kind;
}

std::optional<std::strong_ordering> compare(measure const& a, measure const& b) {
  if (!are_comparable(a, b)) return std::nullopt;
  if (ucum_of(a) == ucum_of(b)) return a.value.value <=> b.value.value;
  auto const x = scale_of(ucum_of(a));
  auto const y = scale_of(ucum_of(b));
  return crossed(a.value.value, *x, *y) <=> crossed(b.value.value, *y, *x);
}

bool are_equivalent(measure const& a, measure const& b) {
  auto const& coarse = a.value.places <= b.value.places ? a : b;
  auto const& fine = &coarse == &a ? b : a;
  auto const value = converted(fine, ucum_of(coarse));
  if (!value) return false;
  auto const places = static_cast<int>(coarse.value.places);
  return rounded(*value, places, rounding::half_up) == coarse.value.value;
}

std::optional<measure> add(measure const& a, measure const& b) {
  if (!are_comparable(a, b)) return std::nullopt;
  auto const value = converted(b, ucum_of(a));
  if (!value) return std::nullopt;
  auto const sum = add(a.value, number{*value, b.value.places});
  return sum ? std::optional{measure{*sum, a.unit, a.calendar}} : std::nullopt;
}

std::optional<measure> multiply(measure const& a, measure const& b) {
  auto const& plain = a.unit == "1" ? a : b;
  auto const& other = &plain == &a ? b : a;
  auto const product = multiply(a.value, b.value);
  if (plain.unit != "1" || !product) return std::nullopt;
  return measure{*product, other.unit, other.calendar};
}

std::optional<measure> divide(measure const& a, measure const& b) {
  if (b.unit == "1") {
    auto const value = divide(a.value, b.value);
    return value ? std::optional{measure{*value, a.unit, a.calendar}} : std::nullopt;
  }
  auto const value = are_comparable(a, b) ? converted(b, ucum_of(a)) : std::nullopt;
  if (!value) return std::nullopt;
  auto const ratio = divide(a.value, number{*value, 0});
  return ratio ? std::optional{measure{*ratio, "1", false}} : std::nullopt;
}

}  // namespace intake::forms::fhirpath
