#include "forms/fhirpath/equality.hpp"

#include "forms/fhirpath/node.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <string>
#include <string_view>

namespace intake::forms::fhirpath {
namespace {

bool is_number(value const& of) {
  return of.as<std::int32_t>() != nullptr || of.as<number>() != nullptr;
}

std::uint32_t places_of(value const& of) {
  auto const* exact = of.as<number>();
  return exact == nullptr ? 0 : exact->places;
}

std::string folded(std::string_view text) {
  std::string result;
  bool blank = false;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) != 0) {
      blank = true;
      continue;
    }
    if (blank && !result.empty()) result += ' ';
    blank = false;
    result += static_cast<char>(std::tolower(byte));
  }
  return result;
}

bool numbers_are_equivalent(value const& a, value const& b) {
  auto const places = static_cast<int>(std::min(places_of(a), places_of(b)));
  return rounded(number_of(a)->value, places, rounding::half_up) ==
         rounded(number_of(b)->value, places, rounding::half_up);
}

/// Two System values by =.
std::optional<bool> system_equal(value const& a, value const& b) {
  auto const order = compare(a, b);
  if (order.comparable) {
    if (order.order) return *order.order == std::strong_ordering::equal;
    return std::nullopt;
  }
  if (auto const* x = a.as<bool>()) {
    auto const* y = b.as<bool>();
    return y != nullptr && *x == *y;
  }
  auto const* x = a.as<type_info>();
  auto const* y = b.as<type_info>();
  return x != nullptr && y != nullptr && x->space == y->space && x->name == y->name;
}

bool system_equivalent(value const& a, value const& b) {
  auto const* x = a.as<std::string>();
  auto const* y = b.as<std::string>();
  if (x != nullptr && y != nullptr) return folded(*x) == folded(*y);
  if (is_number(a) && is_number(b)) return numbers_are_equivalent(a, b);
  if (a.as_measure() != nullptr || b.as_measure() != nullptr) {
    auto const left = measure_of(a);
    auto const right = measure_of(b);
    return left && right && are_equivalent(*left, *right);
  }
  return system_equal(a, b).value_or(false);
}

bool same_place(value const& a, value const& b) {
  auto const* x = a.as_node();
  auto const* y = b.as_node();
  return x != nullptr && y != nullptr && x->self == y->self && x->beside == y->beside &&
         x->kind == y->kind;
}

using named_values = std::vector<named_value>;

/// Children in the order of their names; those of one name stay as they are.
named_values sorted_children(value const& of) {
  auto children = children_of(of);
  std::ranges::stable_sort(children, {}, &named_value::name);
  return children;
}

std::optional<bool> trees_equal(evaluation& in, value const& a, value const& b) {
  auto const left = sorted_children(a);
  auto const right = sorted_children(b);
  if (left.size() != right.size()) return false;
  std::optional<bool> result = true;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].name != right[i].name) return false;
    auto const same = equal(in, left[i].child, right[i].child);
    if (same == false) return false;
    if (!same) result = std::nullopt;
  }
  return result;
}

bool trees_equivalent(evaluation& in, value const& a, value const& b) {
  auto const left = sorted_children(a);
  auto const right = sorted_children(b);
  if (left.size() != right.size()) return false;
  std::vector<bool> used(right.size());
  return std::ranges::all_of(left, [&](named_value const& one) {
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (used[i] || right[i].name != one.name) continue;
      if (equivalent(in, one.child, right[i].child)) return static_cast<bool>(used[i] = true);
    }
    return false;
  });
}

std::size_t mixed(std::size_t hash, std::size_t more) {
  return (hash ^ more) * 0x9E3779B97F4A7C15U + (hash >> 29U);
}

std::size_t system_hash(value const& of) {
  if (auto const* text = of.as<std::string>()) return std::hash<std::string>{}(*text);
  if (auto const* flag = of.as<bool>()) return *flag ? 1 : 2;
  if (auto const exact = number_of(of)) return std::hash<std::string>{}(exact->value.to_text());
  // Dates of different precision, quantities of different units may be equal.
  return 3;
}

}  // namespace

value_order compare(value const& a, value const& b) {
  if (is_number(a) && is_number(b)) return {true, number_of(a)->value <=> number_of(b)->value};
  if (auto const* x = a.as<std::string>()) {
    auto const* y = b.as<std::string>();
    return y == nullptr ? value_order{false, {}} : value_order{true, x->compare(*y) <=> 0};
  }
  if (auto const* x = a.as<temporal>()) {
    auto const* y = b.as<temporal>();
    if (y == nullptr || !are_comparable(*x, *y)) return {false, {}};
    return {true, compare(*x, *y)};
  }
  if (a.as_measure() == nullptr && b.as_measure() == nullptr) return {false, {}};
  auto const left = measure_of(a);
  auto const right = measure_of(b);
  if (!left || !right) return {false, {}};
  return {true, compare(*left, *right)};
}

std::optional<bool> equal(evaluation& in, value const& a, value const& b) {
  if (!in.spend(1)) return std::nullopt;
  if (same_place(a, b)) return true;
  auto const* text = b.as<std::string>();
  auto const* other = text == nullptr ? a.as<std::string>() : text;
  if (other != nullptr) {
    // Most comparisons are with a text: nothing is copied for them.
    auto const type = type_of(text == nullptr ? b : a);
    auto const view = text_view_of(text == nullptr ? b : a);
    if (view && (type.space == "System" || type.name == "string" || type.name == "code"))
      return *view == *other;
  }
  auto const x = system_value(a);
  auto const y = system_value(b);
  if (x && y) return system_equal(*x, *y);
  if (x.has_value() != y.has_value()) return false;
  return trees_equal(in, a, b);
}

std::optional<bool> equal(evaluation& in, collection const& a, collection const& b) {
  if (a.empty() || b.empty()) return std::nullopt;
  if (a.size() != b.size()) return false;
  std::optional<bool> result = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto const same = equal(in, a[i], b[i]);
    if (same == false) return false;
    if (!same) result = std::nullopt;
  }
  return result;
}

bool equivalent(evaluation& in, value const& a, value const& b) {
  if (!in.spend(1)) return false;
  if (same_place(a, b)) return true;
  auto const x = system_value(a);
  auto const y = system_value(b);
  if (x && y) return system_equivalent(*x, *y);
  return x.has_value() == y.has_value() && trees_equivalent(in, a, b);
}

bool equivalent(evaluation& in, collection const& a, collection const& b) {
  if (a.size() != b.size()) return false;
  std::vector<bool> used(b.size());
  return std::ranges::all_of(a, [&](value const& one) {
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (!used[i] && equivalent(in, one, b[i])) return static_cast<bool>(used[i] = true);
    }
    return false;
  });
}

std::size_t hash_of(evaluation& in, value const& of) {
  if (!in.spend(1)) return 0;
  if (auto const own = system_value(of)) return system_hash(*own);
  std::size_t hash = 7;
  for (auto const& one : sorted_children(of)) {
    hash = mixed(hash, std::hash<std::string_view>{}(one.name));
    hash = mixed(hash, hash_of(in, one.child));
  }
  return hash;
}

bool seen_values::contains(std::size_t hash, value const& one) const {
  auto const [first, last] = places_.equal_range(hash);
  return std::any_of(first, last, [&](auto const& entry) {
    return equal(in_, values_[entry.second], one).value_or(false);
  });
}

bool seen_values::contains(value const& one) const {
  return contains(hash_of(in_, one), one);
}

bool seen_values::insert(value const& one) {
  auto const hash = hash_of(in_, one);
  if (contains(hash, one)) return false;
  places_.emplace(hash, values_.size());
  values_.push_back(one);
  return true;
}

}  // namespace intake::forms::fhirpath
