#include "forms/fhirpath/equality.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

collection where(call& of) {
  collection result;
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    auto const meets = of.in.truth(of.argument_for(0, of.input[i], i), of.at);
    if (meets == true) result.push_back(of.input[i]);
  }
  return result;
}

void append(collection& to, collection from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

collection select(call& of) {
  collection result;
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    append(result, of.argument_for(0, of.input[i], i));
  }
  return result;
}

collection repeat(call& of) {
  collection result;
  seen_values seen{of.in};
  collection layer = of.input;
  while (!layer.empty() && !of.in.failed()) {
    collection next;
    for (std::size_t i = 0; i < layer.size() && !of.in.failed(); ++i) {
      for (auto& each : of.argument_for(0, layer[i], i)) {
        if (!seen.insert(each)) continue;
        result.push_back(each);
        next.push_back(std::move(each));
      }
    }
    layer = std::move(next);
  }
  return result;
}

collection of_type(call& of) {
  collection result;
  for (auto const& each : of.input) {
    if (has_type(each, of.at.name)) result.push_back(each);
  }
  return result;
}

collection as_type(call& of) {
  if (of.input.size() > 1) of.fail("as() takes one value; ofType() takes many.");
  return of_type(of);
}

collection is_type_of(call& of) {
  if (of.input.size() > 1) of.fail("is() takes one value.");
  if (of.input.size() != 1) return {};
  return {value{is_type(of.input[0], of.at.name)}};
}

collection type(call& of) {
  collection result;
  for (auto const& each : of.input) result.push_back({type_of(each)});
  return result;
}

collection slice(collection const& from, std::size_t first, std::size_t count) {
  auto const begin = std::min(first, from.size());
  auto const end = begin + std::min(count, from.size() - begin);
  return {from.begin() + static_cast<std::ptrdiff_t>(begin),
          from.begin() + static_cast<std::ptrdiff_t>(end)};
}

collection single(call& of) {
  if (of.input.size() > 1) of.fail("single() wants at most one value.");
  return of.input;
}

collection first(call& of) {
  return slice(of.input, 0, 1);
}
collection last(call& of) {
  return of.input.empty() ? collection{} : slice(of.input, of.input.size() - 1, 1);
}
collection tail(call& of) {
  return slice(of.input, 1, of.input.size());
}

collection skip(call& of) {
  auto const count = of.in.integer(of.argument(0), of.at);
  if (!count) return {};
  return slice(of.input, static_cast<std::size_t>(std::max(*count, 0)), of.input.size());
}

collection take(call& of) {
  auto const count = of.in.integer(of.argument(0), of.at);
  if (!count) return {};
  return slice(of.input, 0, static_cast<std::size_t>(std::max(*count, 0)));
}

collection iif(call& of) {
  if (of.input.size() > 1) {
    of.fail("iif() takes at most one value before the point.");
    return {};
  }
  frame const inner{of.input, of.outer.index, of.outer.total};
  auto const criterion = of.in.truth(of.in.run(*of.at.arguments[0], inner), of.at);
  if (of.in.failed()) return {};
  if (criterion == true) return of.in.run(*of.at.arguments[1], inner);
  return of.count() == 3 ? of.in.run(*of.at.arguments[2], inner) : collection{};
}

collection aggregate(call& of) {
  collection total;
  if (of.count() == 2) total = of.argument(1);
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    frame const inner{{&of.input[i], 1}, static_cast<std::int32_t>(i), &total};
    total = of.in.run(*of.at.arguments[0], inner);
  }
  return total;
}

/// The values of one sort key: one for each element.
struct sort_key {
  bool descending = false;
  std::vector<std::optional<value>> values;
};

// A minus before a key turns the order around; it is no arithmetic.
sort_key key_of(call& of, std::size_t argument) {
  sort_key key;
  auto const* expression = of.count() == 0 ? nullptr : of.at.arguments[argument].get();
  key.descending = expression != nullptr && expression->kind == ast_kind::negative;
  if (key.descending) expression = expression->base.get();
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    frame const inner{{&of.input[i], 1}, static_cast<std::int32_t>(i), of.outer.total};
    auto const found =
        expression == nullptr ? collection{of.input[i]} : of.in.run(*expression, inner);
    key.values.push_back(of.in.single(found, of.at));
  }
  return key;
}

/// What has no value stands after everything that has one.
int order_of(std::optional<value> const& a, std::optional<value> const& b) {
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
  auto const found = compare(*a, *b);
  if (!found.comparable || !found.order) return 0;
  return *found.order < 0 ? -1 : *found.order > 0 ? 1 : 0;
}

collection sort(call& of) {
  std::vector<sort_key> keys;
  for (std::size_t i = 0; i < std::max<std::size_t>(of.count(), 1); ++i) {
    keys.push_back(key_of(of, i));
  }
  if (of.in.failed() || !of.in.spend(of.input.size() * 8)) return {};
  std::vector<std::size_t> places(of.input.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) {
    for (auto const& key : keys) {
      auto const order = order_of(key.values[a], key.values[b]);
      if (order != 0) return key.descending ? order > 0 : order < 0;
    }
    return false;
  });
  collection result;
  for (auto const place : places) result.push_back(of.input[place]);
  return result;
}

constexpr std::size_t keys_max = 16;

constexpr function_row filter_rows[] = {
    {"where", 1, 1, where},         {"select", 1, 1, select},
    {"repeat", 1, 1, repeat},       {"ofType", 1, 1, of_type, true},
    {"as", 1, 1, as_type, true},    {"is", 1, 1, is_type_of, true},
    {"type", 0, 0, type},           {"single", 0, 0, single},
    {"first", 0, 0, first},         {"last", 0, 0, last},
    {"tail", 0, 0, tail},           {"skip", 1, 1, skip},
    {"take", 1, 1, take},           {"iif", 2, 3, iif},
    {"aggregate", 1, 2, aggregate}, {"sort", 0, keys_max, sort},
};

}  // namespace

std::span<function_row const> filter_functions() {
  return filter_rows;
}

}  // namespace intake::forms::fhirpath
