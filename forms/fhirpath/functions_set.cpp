#include "forms/fhirpath/equality.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/function.hpp"

namespace intake::forms::fhirpath {
namespace {

collection combine(call& of) {
  auto result = of.input;
  for (auto const& each : of.argument(0)) result.push_back(each);
  return result;
}

collection unite(call& of) {
  collection result;
  seen_values seen{of.in};
  for (auto const& each : combine(of)) {
    if (seen.insert(each)) result.push_back(each);
  }
  return result;
}

seen_values values_of(call& of) {
  seen_values seen{of.in};
  for (auto const& each : of.argument(0)) seen.insert(each);
  return seen;
}

collection intersect(call& of) {
  auto const other = values_of(of);
  collection result;
  seen_values seen{of.in};
  for (auto const& each : of.input) {
    if (other.contains(each) && seen.insert(each)) result.push_back(each);
  }
  return result;
}

collection exclude(call& of) {
  auto const other = values_of(of);
  collection result;
  for (auto const& each : of.input) {
    if (!other.contains(each)) result.push_back(each);
  }
  return result;
}

constexpr function_row set_rows[] = {
    {"combine", 1, 1, combine},
    {"union", 1, 1, unite},
    {"intersect", 1, 1, intersect},
    {"exclude", 1, 1, exclude},
};

}  // namespace

std::span<function_row const> set_functions() {
  return set_rows;
}

}  // namespace intake::forms::fhirpath
