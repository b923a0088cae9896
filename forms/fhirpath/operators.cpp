#include "forms/fhirpath/operators.hpp"

#include "forms/fhirpath/equality.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::fhirpath {
namespace {

collection from(std::optional<bool> truth) {
  return truth ? one({*truth}) : collection{};
}

/// Kleene's logic: what is unknown decides nothing that the other side has decided.
std::optional<bool> logic(operation op, std::optional<bool> a, std::optional<bool> b) {
  switch (op) {
    case operation::logical_and:
      if (a == false || b == false) return false;
      return a && b ? std::optional{true} : std::nullopt;
    case operation::logical_or:
      if (a == true || b == true) return true;
      return a && b ? std::optional{false} : std::nullopt;
    case operation::logical_xor:
      return a && b ? std::optional{*a != *b} : std::nullopt;
    default:
      if (a == false || b == true) return true;
      return a && b ? std::optional{false} : std::nullopt;
  }
}

/// The left side settles it: the right one is not asked.
bool is_settled(operation op, std::optional<bool> left) {
  if (op == operation::logical_and || op == operation::implies) return left == false;
  return op == operation::logical_or && left == true;
}

collection run_logic(evaluation& in, ast const& of, frame const& at) {
  auto const left = in.truth(in.run(*of.base, at), of);
  if (in.failed()) return {};
  if (is_settled(of.op, left)) return from(logic(of.op, left, std::nullopt));
  auto const right = in.truth(in.run(*of.arguments[0], at), of);
  return in.failed() ? collection{} : from(logic(of.op, left, right));
}

std::optional<bool> run_order(evaluation& in, ast const& of, collection const& left,
                              collection const& right) {
  auto const a = in.single(left, of);
  auto const b = in.single(right, of);
  if (!a || !b) return std::nullopt;
  auto const found = compare(*a, *b);
  if (!found.comparable) {
    in.fail(of, fmt::format("{} and {} have no order.", type_of(*a).name, type_of(*b).name));
    return std::nullopt;
  }
  if (!found.order) return std::nullopt;
  switch (of.op) {
    case operation::less:
      return *found.order < 0;
    case operation::less_or_equal:
      return *found.order <= 0;
    case operation::greater:
      return *found.order > 0;
    default:
      return *found.order >= 0;
  }
}

std::optional<bool> negated(std::optional<bool> truth) {
  return truth ? std::optional{!*truth} : std::nullopt;
}

/// `wanted` is in `all`; nothing where nothing is looked for.
std::optional<bool> membership(evaluation& in, ast const& of, collection const& wanted,
                               collection const& all) {
  if (wanted.size() > 1) in.fail(of, "One value is looked for, not several.");
  if (wanted.size() != 1) return std::nullopt;
  return std::ranges::any_of(
      all, [&](value const& each) { return equal(in, each, wanted[0]).value_or(false); });
}

collection united(evaluation& in, collection const& left, collection const& right) {
  collection result;
  seen_values seen{in};
  for (auto const* side : {&left, &right}) {
    for (auto const& each : *side) {
      if (seen.insert(each)) result.push_back(each);
    }
  }
  return result;
}

collection concatenated(evaluation& in, ast const& of, collection const& left,
                        collection const& right) {
  auto const a = in.text(left, of);
  auto const b = in.text(right, of);
  if (in.failed()) return {};
  auto text = a.value_or("") + b.value_or("");
  if (text.size() > evaluation_text_bytes_max) in.fail(of, "The text becomes too long.");
  return one(text_value(std::move(text)));
}

}  // namespace

collection run_operator(evaluation& in, ast const& of, frame const& at) {
  if (of.op <= operation::logical_and) return run_logic(in, of, at);
  auto const left = in.run(*of.base, at);
  auto const right = in.run(*of.arguments[0], at);
  if (in.failed()) return {};
  switch (of.op) {
    case operation::in:
      return from(membership(in, of, left, right));
    case operation::contains:
      return from(membership(in, of, right, left));
    case operation::equal:
      return from(equal(in, left, right));
    case operation::not_equal:
      return from(negated(equal(in, left, right)));
    case operation::equivalent:
      return from(equivalent(in, left, right));
    case operation::not_equivalent:
      return from(!equivalent(in, left, right));
    case operation::less:
    case operation::less_or_equal:
    case operation::greater:
    case operation::greater_or_equal:
      return from(run_order(in, of, left, right));
    case operation::unite:
      return united(in, left, right);
    case operation::concatenate:
      return concatenated(in, of, left, right);
    default:
      return arithmetic(in, of, left, right);
  }
}

}  // namespace intake::forms::fhirpath
