#include "forms/fhirpath/equality.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"
#include "forms/fhirpath/node.hpp"

#include <algorithm>
#include <utility>

namespace intake::forms::fhirpath {
namespace {

collection truth(bool of) {
  collection result;
  result.push_back({of});
  return result;
}

collection is_empty(call& of) {
  return truth(of.input.empty());
}

/// The criterion of the first argument for each element: true where it holds for one.
bool any_meets(call& of) {
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    if (of.in.truth(of.argument_for(0, of.input[i], i), of.at) == true) return true;
  }
  return false;
}

collection exists(call& of) {
  return truth(of.count() == 0 ? !of.input.empty() : any_meets(of));
}

collection all(call& of) {
  for (std::size_t i = 0; i < of.input.size() && !of.in.failed(); ++i) {
    if (of.in.truth(of.argument_for(0, of.input[i], i), of.at) != true) return truth(false);
  }
  return truth(true);
}

/// How many elements are `wanted`; an element that is no Boolean is a fault.
std::size_t count_of(call& of, bool wanted) {
  std::size_t count = 0;
  for (auto const& each : of.input) {
    auto const own = system_value(each);
    auto const* flag = own ? own->as<bool>() : nullptr;
    if (flag == nullptr) {
      of.fail("Every element must be a Boolean here.");
      return 0;
    }
    count += *flag == wanted ? 1 : 0;
  }
  return count;
}

collection all_true(call& of) {
  return truth(count_of(of, true) == of.input.size());
}
collection all_false(call& of) {
  return truth(count_of(of, false) == of.input.size());
}
collection any_true(call& of) {
  return truth(count_of(of, true) != 0);
}
collection any_false(call& of) {
  return truth(count_of(of, false) != 0);
}

collection negated(call& of) {
  auto const found = of.in.truth(of.input, of.at);
  return found ? truth(!*found) : collection{};
}

collection count(call& of) {
  collection result;
  result.push_back({static_cast<std::int32_t>(of.input.size())});
  return result;
}

collection has_value(call& of) {
  if (of.input.size() != 1) return truth(false);
  auto const* at = of.input[0].as_node();
  // Of our own: an answer has a value where its value has one, as forms ask.
  if (at != nullptr && at->kind == node_kind::answer)
    return truth(!children_of(of.input[0]).empty());
  return truth(at == nullptr || (has_own_value(*at) && system_value(*at).has_value()));
}

collection get_value(call& of) {
  auto const found = of.input.size() == 1 ? system_value(of.input[0]) : std::nullopt;
  return found ? collection{*found} : collection{};
}

/// Every element of `part` is in `whole`.
bool is_subset(evaluation& in, collection const& part, collection const& whole) {
  seen_values seen{in};
  for (auto const& each : whole) seen.insert(each);
  return std::ranges::all_of(part, [&](value const& each) { return seen.contains(each); });
}

collection subset_of(call& of) {
  return truth(is_subset(of.in, of.input, of.argument(0)));
}

collection superset_of(call& of) {
  return truth(is_subset(of.in, of.argument(0), of.input));
}

collection distinct(call& of) {
  collection result;
  seen_values seen{of.in};
  for (auto const& each : of.input) {
    if (seen.insert(each)) result.push_back(each);
  }
  return result;
}

collection is_distinct(call& of) {
  return truth(distinct(of).size() == of.input.size());
}

constexpr function_row existence_rows[] = {
    {"empty", 0, 0, is_empty},
    {"exists", 0, 1, exists},
    {"all", 1, 1, all},
    {"allTrue", 0, 0, all_true},
    {"allFalse", 0, 0, all_false},
    {"anyTrue", 0, 0, any_true},
    {"anyFalse", 0, 0, any_false},
    {"not", 0, 0, negated},
    {"count", 0, 0, count},
    {"hasValue", 0, 0, has_value},
    {"getValue", 0, 0, get_value},
    {"subsetOf", 1, 1, subset_of},
    {"supersetOf", 1, 1, superset_of},
    {"distinct", 0, 0, distinct},
    {"isDistinct", 0, 0, is_distinct},
};

}  // namespace

std::span<function_row const> existence_functions() {
  return existence_rows;
}

}  // namespace intake::forms::fhirpath
